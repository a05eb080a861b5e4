package org.engram.tools.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FileNameTest {

    @Test
    void whatAFileNameMayNotHoldIsEscaped() {
        assertEquals("HELLO world.2", FileName.of("HELLO world.2", 7));
        assertEquals("gr\u00fc\u00df \u30ab", FileName.of("gr\u00fc\u00df \u30ab", 7));
        assertEquals("..%2F..%2Fetc%2Fpasswd".replaceFirst("\\.", "%2E"), FileName.of("../../etc/passwd", 7));
        assertEquals("%2E%2E", FileName.of("..", 7));
        assertEquals("%20a%2E", FileName.of(" a.", 7));
        assertEquals("a%0A%00%1Bb%25", FileName.of("a\n\0\u001bb%", 7));
        assertEquals("%E2%80%AEa%E2%80%A8b", FileName.of("\u202ea\u2028b", 7));
    }

    @Test
    void aLongKeyIsCutAndNumbered() {
        String one = FileName.of("\u30ab".repeat(1000), 7);
        assertEquals("\u30ab".repeat(66) + "%~7", one);
        assertTrue(one.getBytes(StandardCharsets.UTF_8).length + 4 + 10 < 255);
    }

    @Test
    void namesOfDevicesAreEscaped() {
        assertEquals("%43ON", FileName.of("CON", 7));
        assertEquals("%6Eul", FileName.of("nul", 7));
        assertEquals("%61ux.c", FileName.of("aux.c", 7));
        assertEquals("%50RN .x", FileName.of("PRN .x", 7));
        assertEquals("%63om1", FileName.of("com1", 7));
        assertEquals("%4CPT\u00b3.a.b", FileName.of("LPT\u00b3.a.b", 7));
        assertEquals("CONE", FileName.of("CONE", 7));
        assertEquals("com10", FileName.of("com10", 7));
        assertEquals("xCON", FileName.of("xCON", 7));
        assertEquals("a%3Cb%3Ec%3A%22%2F%5C%7C%3F%2A", FileName.of("a<b>c:\"/\\|?*", 7));
    }
}
