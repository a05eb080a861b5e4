package org.engram.tools.image;

/** The levels at which black ends and white begins. */
public enum Levels {
    /** A pixel is white from half on. */
    FIXED,
    /** One level for the picture, between its dark and its light pixels. */
    OTSU,
    /** The same as OTSU, after uneven light is evened. */
    LOCAL
}
