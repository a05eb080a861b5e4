package org.engram.tools.console;

import java.util.Map;

/**
 * What results are shown on.
 *
 * @param isTerminal whether standard output is one
 * @param columns cells across; what {@code COLUMNS} says where there is no terminal to ask, else 80
 * @param graphics how it draws pictures, as far as its environment tells
 */
public record Terminal(boolean isTerminal, int columns, Graphics graphics) {

    /** How a terminal draws pictures. */
    public enum Graphics {
        BLOCKS,
        SIXEL,
        KITTY
    }

    /** A pipe or a file. */
    static final Terminal NONE = new Terminal(false, 80, Graphics.BLOCKS);

    private static final int MOST_COLUMNS = 10_000;

    /** What standard output is. */
    static Terminal ofProcess() {
        Map<String, String> environment = System.getenv();
        boolean isTerminal = NativeCalls.isTerminal(1);
        int asked = isTerminal ? NativeCalls.columns(1) : 0;
        return new Terminal(isTerminal, asked > 0 ? asked : columns(environment), graphics(environment));
    }

    /** What the variable says, if it is a sensible number, else 80. */
    static int columns(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        int given = columns.matches("[0-9]{1,5}") ? Integer.parseInt(columns) : 0;
        return given > 0 && given <= MOST_COLUMNS ? given : NONE.columns;
    }

    /** Only what terminals say of themselves; none is asked, as one that does not know the question shows it. */
    static Graphics graphics(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "");
        String program = environment.getOrDefault("TERM_PROGRAM", "");
        if (environment.containsKey("TMUX") || term.startsWith("screen") || term.startsWith("tmux")) {
            return Graphics.BLOCKS; // what is in between passes no pictures on
        }
        if (environment.containsKey("KITTY_WINDOW_ID")
                || term.equals("xterm-kitty")
                || term.equals("xterm-ghostty")
                || program.equals("ghostty")) {
            return Graphics.KITTY;
        }
        boolean sixel = term.contains("sixel") || term.startsWith("foot") || term.startsWith("mlterm");
        return sixel || program.equals("WezTerm") ? Graphics.SIXEL : Graphics.BLOCKS;
    }
}
