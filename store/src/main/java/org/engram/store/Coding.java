package org.engram.store;

/** How the pixels of a cue vote. */
public enum Coding {
    /** White +1, black -1, hidden 0: responses rank neurons by their agreement with the visible pixels, grey ones too. */
    BIPOLAR,
    /** The paper's: white 1, black 0, hidden pixels painted white. */
    UNIPOLAR
}
