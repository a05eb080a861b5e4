package org.engram.store;

/**
 * What was copied.
 *
 * @param neurons how many neurons, retired ones included
 * @param bytes the length of all files of the copy
 */
public record CopyReport(int neurons, long bytes) {}
