/**
 * One store over many machines. Members are processes that have joined a cluster. Each keeps some segments of the store
 * on its own disk; every segment has as many copies as owners. {@link org.engram.cluster.ClusteredStore} is the door:
 * it answers what one {@link org.engram.store.PatternStore} with everything in it would answer.
 *
 * <p>Infinispan keeps the members, places the segments, copies and moves them. The patterns are Engram's own files.
 */
@NullMarked
package org.engram.cluster;

import org.jspecify.annotations.NullMarked;
