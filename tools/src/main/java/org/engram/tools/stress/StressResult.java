package org.engram.tools.stress;

/**
 * How many symbols were read through one kind of damage.
 *
 * @param damage its kind
 * @param area damaged share of the picture, in percent
 * @param zxing read by ZXing alone
 * @param zxingWrong read by ZXing alone as another text
 * @param engram read by Engram
 * @param unrecognised given no text by Engram
 * @param wrong given another text by Engram
 */
record StressResult(
        DamageKind damage, double area, int zxing, int zxingWrong, int engram, int unrecognised, int wrong) {

    int symbols() {
        return engram + unrecognised + wrong;
    }
}
