package org.engram.tools.stress;

/**
 * How many symbols were read through one kind of damage of an area in percent: by ZXing alone, by ZXing as another
 * text, and by Engram. Engram gave no text to the unrecognised ones, and another text to the wrong ones.
 */
record StressResult(
        DamageKind damage, double area, int zxing, int zxingWrong, int engram, int unrecognised, int wrong) {

    int symbols() {
        return engram + unrecognised + wrong;
    }
}
