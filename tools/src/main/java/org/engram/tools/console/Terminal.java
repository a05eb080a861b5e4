package org.engram.tools.console;

import java.util.Map;

/** What results are shown on. Its columns are what {@code COLUMNS} says where there is no terminal to ask, else 80. */
public record Terminal(boolean isTerminal, int columns) {

    /** A pipe or a file. */
    static final Terminal NONE = new Terminal(false, 80);

    private static final int MOST_COLUMNS = 10_000;

    static Terminal ofProcess() {
        boolean isTerminal = NativeCalls.isTerminal(1);
        int asked = isTerminal ? NativeCalls.columns(1) : 0;
        return new Terminal(isTerminal, asked > 0 ? asked : columns(System.getenv()));
    }

    /** What the variable says, if it is a sensible number, else 80. */
    static int columns(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        int given = columns.matches("[0-9]{1,5}") ? Integer.parseInt(columns) : 0;
        return given > 0 && given <= MOST_COLUMNS ? given : NONE.columns;
    }
}
