package org.engram.tools.image;

/** Where black ends and white begins. */
public enum Levels {
    /** White from half on. */
    FIXED,
    /** By one level for the picture, between its dark and its light pixels. */
    OTSU,
    /** The same after uneven light is evened. */
    LOCAL
}
