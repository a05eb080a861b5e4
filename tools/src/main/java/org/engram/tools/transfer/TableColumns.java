package org.engram.tools.transfer;

import java.util.List;
import java.util.Locale;

/** Where the rows of a table have key and text, of so many columns. */
record TableColumns(int count, int keyAt, int textAt) {

    static final String KEY = "key";
    static final String TEXT = "text";

    /** Without names there are two. */
    static final TableColumns UNNAMED = new TableColumns(2, 0, 1);

    /** Those that a row names; null when it does not. The wanted are the names of key and text, null for these words. */
    static TableColumns named(List<String> fields, List<String> wanted) {
        List<String> names = fields.stream().map(TableColumns::plain).toList();
        int keyAt = names.indexOf(wanted == null ? KEY : plain(wanted.get(0)));
        int textAt = names.indexOf(wanted == null ? TEXT : plain(wanted.get(1)));
        return keyAt < 0 || textAt < 0 ? null : new TableColumns(names.size(), keyAt, textAt);
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether a row has these columns. Spreadsheets put empty ones behind. */
    boolean fit(List<String> fields) {
        return fields.size() >= count
                && fields.subList(count, fields.size()).stream().allMatch(String::isEmpty);
    }
}
