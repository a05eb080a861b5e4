package org.engram.store;

/**
 * What a compaction made.
 *
 * @param neurons how many neurons the new store has
 * @param dropped how many retired neurons were left out
 * @param bytesBefore the length of all files of the store, as far as they were committed
 * @param bytesAfter the length of all files of the new store
 */
public record CompactionReport(int neurons, int dropped, long bytesBefore, long bytesAfter) {}
