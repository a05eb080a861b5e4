package org.engram.tools.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.engram.tools.console.Failure;

/** Finds out how a table is written from its beginning. */
final class TableGuess {

    /** Excel takes a line such as {@code sep=;} for the separator of the lines that follow. */
    private static final Pattern SEPARATOR_LINE = Pattern.compile("\uFEFF?\"?sep=([^\r\n])\"?(?:\r\n|\n|\r|$)");

    /** The names of columns stand within this many rows. Further down the same words are content. */
    static final int MOST_BEFORE_NAMES = 20;

    private static final String USUAL_SEPARATORS = ",;\t|";

    private TableGuess() {}

    /** Finds out what the options do not give. The usual separator is taken when others fit as well. */
    static TableForm of(String name, TableStart start, char usual, TableOptions options) {
        Charset charset = TableEncoding.of(name, start, options.charset());
        String text = new String(start.bytes(), charset);
        boolean endsWithReturn = endsWithReturn(text);
        Matcher line = SEPARATOR_LINE.matcher(text);
        boolean hasLine = line.lookingAt();
        TableForm form = new TableForm(charset, usual, endsWithReturn, hasLine);
        if (options.separator() != null) {
            return form.with(options.separator());
        }
        return hasLine && line.group(1).charAt(0) < 0x80
                ? form.with(line.group(1).charAt(0))
                : form.with(separator(name, start, form, options));
    }

    /** A reader of a table that another program may have written. Only its separator is known. */
    static TableReader reader(String name, InputStream in, char separator) throws IOException {
        TableStart start = TableStart.of(in);
        TableForm form = of(name, start, separator, new TableOptions(null, separator, null));
        return new TableReader(name, start.whole(), form);
    }

    /** Whether there are line ends outside of quotes, and all are CR. */
    private static boolean endsWithReturn(String text) {
        boolean quoted = false;
        boolean found = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c == '\n' && !quoted) {
                return false;
            }
            found |= c == '\r' && !quoted && i + 1 < text.length();
        }
        return found;
    }

    /**
     * The separator that gives all rows the same number of columns, two or more; otherwise the one that gives most rows
     * two.
     */
    private static char separator(String name, TableStart start, TableForm form, TableOptions options) {
        Set<Character> candidates = new LinkedHashSet<>();
        candidates.add(form.separator());
        USUAL_SEPARATORS.chars().forEach(c -> candidates.add((char) c));
        char best = form.separator();
        long most = 0;
        for (char candidate : candidates) {
            List<TableReader.Row> rows = rows(name, start, form.with(candidate));
            if (rows.stream()
                    .limit(MOST_BEFORE_NAMES)
                    .anyMatch(row -> TableColumns.named(row.fields(), options.columns()) != null)) {
                return candidate;
            }
            long two = rows.stream().filter(row -> row.fields().size() == 2).count();
            boolean even =
                    rows.stream().map(row -> row.fields().size()).distinct().count() == 1
                            && rows.getFirst().fields().size() > 1;
            long fit = even ? 1L + start.bytes().length : two;
            if (fit > most) {
                most = fit;
                best = candidate;
            }
        }
        return best;
    }

    /** The whole rows of the beginning, without empty ones. */
    static List<TableReader.Row> rows(String name, TableStart start, TableForm form) {
        List<TableReader.Row> rows = new ArrayList<>();
        try (TableReader reader = new TableReader(name, start.beginning(), form)) {
            for (TableReader.Row row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
        } catch (Failure tooLong) {
            return rows;
        }
        if (!start.isAll() && rows.size() > 1) {
            rows.removeLast();
        }
        return rows;
    }
}
