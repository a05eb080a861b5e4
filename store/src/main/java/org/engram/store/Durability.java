package org.engram.store;

/**
 * What a writer waits for before an append returns; the choice of each opening. FORMAT.md says what each survives and
 * what it assumes.
 */
public enum Durability {
    /**
     * Every append that returned survives the death of the process. A power loss may lose a recent suffix of the
     * appends, back to the last {@link PatternStore#sync} or {@link PatternStore#close} that returned, and never yields
     * wrong data.
     */
    PROCESS_SAFE,
    /** Every append is forced to the device before it returns, and so survives a power loss. */
    ALWAYS
}
