/**
 * One store over many machines. Members are processes that have joined a cluster; each keeps some segments of the store on
 * its own disk, as many copies of a segment as the cluster has owners for it. {@link org.engram.cluster.ClusteredStore} is
 * the door: what it answers is what one {@link org.engram.store.PatternStore} with everything in it would answer.
 *
 * <p>Infinispan keeps the members, places the segments, copies and moves them. The patterns are Engram's own files.
 */
package org.engram.cluster;
