package org.engram.tools.console;

import java.util.Map;

/**
 * What results are shown on. Its columns are what {@code COLUMNS} says where there is no terminal to ask, else 80; its
 * graphics are what the environment says, so they are meant only for a terminal.
 */
public record Terminal(boolean isTerminal, int columns, Graphics graphics) {

    /** How pictures are drawn. No terminal is AUTO: users ask by it for the best that the terminal can do. */
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

    /** What the variable says, if it is a sensible number, else 80. */
    static int columns(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        int given = columns.matches("[0-9]{1,5}") ? Integer.parseInt(columns) : 0;
        return given > 0 && given <= MOST_COLUMNS ? given : NONE.columns;
    }

    /** What terminals say of themselves. None is asked, as a terminal that does not know the question shows it. */
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
