/** What is seen of a store while it runs: counters, and events of JDK Flight Recorder. Knows no other room. */
@NullMarked
package org.engram.store.internal.watch;

import org.jspecify.annotations.NullMarked;
