package org.engram.tools.transfer;

import java.nio.charset.Charset;
import java.util.List;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Text;

/** What the user said of a table. Null means that it is to be found out. The first of the columns has the keys. */
record TableOptions(Charset charset, Character separator, List<String> columns) {

    static TableOptions of(Charset charset, String separator, List<String> columns) {
        if (columns != null && columns.size() != 2) {
            throw Failure.usage("--columns is wrong: expected the names of two columns, found " + columns.size());
        }
        return new TableOptions(charset, separator(separator), columns);
    }

    private static Character separator(String named) {
        if (named == null) {
            return null;
        }
        String one = named.equals("tab") || named.equals("\\t") ? "\t" : named;
        boolean fits = one.length() == 1 && one.charAt(0) < 0x80 && "\"\r\n".indexOf(one.charAt(0)) < 0;
        if (!fits) {
            throw Failure.usage("--separator is wrong: expected one character of ASCII or tab, found %s"
                    .formatted(Text.quoted(named)));
        }
        return one.charAt(0);
    }
}
