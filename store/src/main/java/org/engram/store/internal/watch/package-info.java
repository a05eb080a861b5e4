/** What is seen of a store while it runs: counters, and events of JDK Flight Recorder. Knows no other room. */
package org.engram.store.internal.watch;
