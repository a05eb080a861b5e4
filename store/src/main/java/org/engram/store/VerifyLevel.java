package org.engram.store;

/** How closely {@link StoreCare#verify(java.nio.file.Path, VerifyLevel, Progress)} looks. */
public enum VerifyLevel {
    /** The header, which files there are, their sizes, and every record of the journal; reads no stripe. */
    STRUCTURE,
    /** Every part of every neuron, of retired ones too, against its checksum. */
    CHECKSUMS,
    /** Also whether the parts of each neuron agree with each other and with the store's learning rule. */
    WEIGHTS
}
