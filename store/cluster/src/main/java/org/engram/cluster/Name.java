package org.engram.cluster;

/** A key and the generation that an owner holds. Owners tell it to each other as the key, a mark and the generation. */
record Name(String key, long generation) {

    /** No key of a user has this character. */
    static final char MARK = '\u0001';

    static String of(String key, long generation) {
        return key + MARK + generation;
    }

    static Name parse(String name) {
        int mark = name.lastIndexOf(MARK);
        return new Name(name.substring(0, mark), Long.parseLong(name.substring(mark + 1)));
    }
}
