package org.engram.cluster;

/**
 * Under what name a store keeps an entry: its key and, from the second generation on, a mark and the generation. So an entry
 * and its generation are one record of the journal, and the picture is as in any store.
 */
record Name(String key, int generation) {

    /** No key of a user has it. */
    static final char MARK = '\u0001';

    static String of(String key, int generation) {
        return generation == Entry.FIRST ? key : key + MARK + generation;
    }

    static Name parse(String name) {
        int mark = name.lastIndexOf(MARK);
        return mark < 0
                ? new Name(name, Entry.FIRST)
                : new Name(name.substring(0, mark), Integer.parseInt(name.substring(mark + 1)));
    }

    static String key(String name) {
        int mark = name.lastIndexOf(MARK);
        return mark < 0 ? name : name.substring(0, mark);
    }
}
