package org.engram.tools.paper;

import java.awt.Color;
import java.awt.Font;

/** Colours and fonts of all figures; the colours can be told apart by the colour-blind. */
final class Palette {

    static final Color INK = new Color(0x222222);
    static final Color GRID = new Color(0xDDDDDD);
    static final Color PAPER = new Color(0x0072B2);
    static final Color ENGRAM = new Color(0x009E73);
    static final Color ALARM = new Color(0xD55E00);
    static final Color DOUBT = new Color(0x9A6A00);
    static final Color HIDDEN = new Color(0xE3ECF5);
    static final Color HATCH = new Color(0xA9C0D8);
    static final Color REMEMBERED = new Color(0x5B83AD);
    static final Color SAME_BLACK = new Color(0xB8B8B8);

    private Palette() {}

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }
}
