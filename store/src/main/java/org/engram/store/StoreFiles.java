package org.engram.store;

/** The names of a store's files. */
final class StoreFiles {

    static final String HEADER = "header";
    static final String UNFINISHED_HEADER = "header.tmp";
    static final String JOURNAL = "journal";
    static final String W_STRIPES = "w.stripes";
    static final String V_STRIPES = "v.stripes";
    static final String LOCK = "lock";

    private StoreFiles() {}
}
