package org.engram.tools.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.engram.tools.console.Terminal.Graphics;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void theEnvironmentTellsWhatATerminalDraws() {
        assertEquals(Graphics.BLOCKS, Terminal.graphics(Map.of()));
        assertEquals(Graphics.BLOCKS, Terminal.graphics(Map.of("TERM", "xterm-256color")));
        assertEquals(Graphics.KITTY, Terminal.graphics(Map.of("TERM", "xterm-kitty")));
        assertEquals(Graphics.KITTY, Terminal.graphics(Map.of("TERM", "xterm-256color", "KITTY_WINDOW_ID", "1")));
        assertEquals(Graphics.KITTY, Terminal.graphics(Map.of("TERM_PROGRAM", "ghostty")));
        assertEquals(Graphics.SIXEL, Terminal.graphics(Map.of("TERM", "foot-extra")));
        assertEquals(Graphics.SIXEL, Terminal.graphics(Map.of("TERM", "xterm-256color", "TERM_PROGRAM", "WezTerm")));
    }

    @Test
    void withinTmuxOrScreenThereAreNoPictures() {
        assertEquals(Graphics.BLOCKS, Terminal.graphics(Map.of("TERM", "screen-256color", "KITTY_WINDOW_ID", "1")));
        assertEquals(Graphics.BLOCKS, Terminal.graphics(Map.of("TERM", "xterm-kitty", "TMUX", "/tmp/x,1,0")));
    }

    @Test
    void columnsComeFromTheVariableWhenItIsANumber() {
        assertEquals(132, Terminal.columns(Map.of("COLUMNS", "132")));
        assertEquals(80, Terminal.columns(Map.of()));
        assertEquals(80, Terminal.columns(Map.of("COLUMNS", "0")));
        assertEquals(80, Terminal.columns(Map.of("COLUMNS", "99999")));
        assertEquals(80, Terminal.columns(Map.of("COLUMNS", "-5")));
    }
}
