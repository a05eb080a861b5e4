package org.engram.tools.draw;

import java.awt.Color;
import java.awt.Font;

/** Colours and fonts of all figures; the colours can be told apart by the colour-blind. */
public final class Palette {

    /** Words and axes. */
    public static final Color INK = new Color(0x222222);

    /** Grid lines and frames. */
    public static final Color GRID = new Color(0xDDDDDD);

    /** Answers by the paper's rule; also pixels that agree. */
    public static final Color PAPER = new Color(0x0072B2);

    /** Answers of Engram; recognised. */
    public static final Color ENGRAM = new Color(0x009E73);

    /** Wrong, unknown, or differing. */
    public static final Color ALARM = new Color(0xD55E00);

    /** Ambiguous. */
    public static final Color DOUBT = new Color(0x9A6A00);

    /** A hidden pixel, beneath the hatching. */
    public static final Color HIDDEN = new Color(0xE3ECF5);

    /** The hatching of hidden pixels. */
    public static final Color HATCH = new Color(0xA9C0D8);

    /** A black pixel that was hidden and is recalled. */
    public static final Color REMEMBERED = new Color(0x5B83AD);

    /** A black pixel that cue and pattern share. */
    public static final Color SAME_BLACK = new Color(0xB8B8B8);

    private Palette() {}

    /** A font without serifs. */
    public static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }
}
