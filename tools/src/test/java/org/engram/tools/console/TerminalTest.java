package org.engram.tools.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void columnsComeFromTheVariableWhenItIsANumber() {
        assertEquals(132, Terminal.columns(Map.of("COLUMNS", "132")));
        assertEquals(80, Terminal.columns(Map.of()));
        assertEquals(80, Terminal.columns(Map.of("COLUMNS", "0")));
        assertEquals(80, Terminal.columns(Map.of("COLUMNS", "99999")));
        assertEquals(80, Terminal.columns(Map.of("COLUMNS", "-5")));
    }
}
