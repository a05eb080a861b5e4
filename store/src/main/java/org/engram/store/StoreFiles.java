package org.engram.store;

/** The names of a store's files, but for those of the {@link Part parts} of its neurons. */
final class StoreFiles {

    static final String HEADER = "header";
    static final String UNFINISHED_HEADER = "header.tmp";
    static final String JOURNAL = "journal";
    static final String LOCK = "lock";

    private StoreFiles() {}
}
