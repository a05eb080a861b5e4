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

/** Finds out from its beginning how a table is written. */
final class TableGuess {

    /** Excel takes a line such as {@code sep=;} for a word about what follows. */
    private static final Pattern SEPARATOR_LINE = Pattern.compile("\uFEFF?\"?sep=([^\r\n])\"?(?:\r\n|\n|\r|$)");

    /** Further down two words are no names of columns, but what is in them. */
    static final int MOST_BEFORE_NAMES = 20;

    private static final String USUAL_SEPARATORS = ",;\t|";

    private TableGuess() {}

    /** Finds out what is not given. The usual separator is taken when others would do as well. */
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

    /** A reader of what another program may have written, of which only the separator is known. */
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

    /** The one with which all rows have as many columns, two or more; else the one with which most have two. */
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

    /** The rows of the beginning that are whole, without those that are empty. */
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
