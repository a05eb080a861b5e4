package org.engram.tools.stress;

/**
 * How many symbols were read through one kind of damage.
 *
 * @param kind of damage
 * @param percent of the picture that is damaged
 * @param symbols how many were tried
 * @param alone read by ZXing alone
 * @param aloneWrong read by ZXing alone as another text
 * @param repaired read by Engram
 * @param wrong given another text by Engram
 */
record StressResult(DamageKind kind, double percent, int symbols, int alone, int aloneWrong, int repaired, int wrong) {

    /** Those that Engram gave no text for. */
    int unrecognised() {
        return symbols - repaired - wrong;
    }
}
