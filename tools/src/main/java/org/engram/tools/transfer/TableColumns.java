package org.engram.tools.transfer;

import java.util.List;
import java.util.Locale;

/** The columns of a table: how many there are, and which have key and text. */
record TableColumns(int count, int keyAt, int textAt) {

    static final String KEY = "key";
    static final String TEXT = "text";

    /** A table without names has two columns. */
    static final TableColumns UNNAMED = new TableColumns(2, 0, 1);

    /**
     * The columns that a row names; null when it does not name them. {@code wanted} are the names of key and text; null
     * means these two words.
     */
    static TableColumns named(List<String> fields, List<String> wanted) {
        List<String> names = fields.stream().map(TableColumns::plain).toList();
        int keyAt = names.indexOf(wanted == null ? KEY : plain(wanted.get(0)));
        int textAt = names.indexOf(wanted == null ? TEXT : plain(wanted.get(1)));
        return keyAt < 0 || textAt < 0 ? null : new TableColumns(names.size(), keyAt, textAt);
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether a row has these columns. Spreadsheets add empty columns at the end. */
    boolean fit(List<String> fields) {
        return fields.size() >= count
                && fields.subList(count, fields.size()).stream().allMatch(String::isEmpty);
    }
}
