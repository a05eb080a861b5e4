package org.engram.tools.console;

import java.util.Map;

/**
 * The terminal, pipe or file that shows results. Where there is no terminal to ask, the columns are those of {@code
 * COLUMNS}, else 80. The graphics are those that the environment names, and are meant only for a terminal.
 */
public record Terminal(boolean isTerminal, int columns, Graphics graphics) {

    /** How pictures are drawn. Users ask with AUTO for the best that the terminal can do; no terminal itself is AUTO. */
    public enum Graphics {
        AUTO,
        BLOCKS,
        SIXEL,
        KITTY
    }

    /** A pipe or a file. */
    static final Terminal NONE = new Terminal(false, 80, Graphics.BLOCKS);

    private static final int MOST_COLUMNS = 10_000;

    static Terminal ofProcess() {
        Map<String, String> environment = System.getenv();
        boolean isTerminal = NativeCalls.isTerminal(1);
        int asked = isTerminal ? NativeCalls.columns(1) : 0;
        return new Terminal(isTerminal, asked > 0 ? asked : columns(environment), graphics(environment));
    }

    /** The number in {@code COLUMNS} if it is a sensible one, else 80. */
    static int columns(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        int given = columns.matches("[0-9]{1,5}") ? Integer.parseInt(columns) : 0;
        return given > 0 && given <= MOST_COLUMNS ? given : NONE.columns;
    }

    /**
     * The graphics that terminals announce in the environment. No terminal is asked, because one that does not know the
     * question would show it.
     */
    static Graphics graphics(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "");
        String program = environment.getOrDefault("TERM_PROGRAM", "");
        if (environment.containsKey("TMUX") || term.matches("(screen|tmux).*")) {
            return Graphics.BLOCKS; // tmux and screen pass no pictures on
        }
        if (environment.containsKey("KITTY_WINDOW_ID")
                || term.matches("xterm-(kitty|ghostty)")
                || program.equals("ghostty")) {
            return Graphics.KITTY;
        }
        boolean sixel = term.matches("(foot|mlterm).*|.*sixel.*") || program.equals("WezTerm");
        return sixel ? Graphics.SIXEL : Graphics.BLOCKS;
    }
}
