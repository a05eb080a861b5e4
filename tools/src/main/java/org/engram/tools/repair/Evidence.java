package org.engram.tools.repair;

import java.util.BitSet;

/**
 * What speaks for a recalled symbol: of the modules that differ between symbols and could be compared, those that are
 * wrong, and how many of these the picture shows all white or all black. Noise is the mean share of a module's pixels
 * that are not of its colour, 0 to 0.5.
 */
record Evidence(int modules, int wrong, int whiteStray, int blackStray, double noise) {

    /** How improbable chance must be, in nats, beyond the number of guesses made: less than 1 in 100,000. */
    private static final double CERTAINTY = 12;

    /** The share of modules that may be wrong as a whole and in both directions. */
    private static final double STRAY = 0.02;

    static Evidence of(Modules shown, BitSet compared, Modules recalled, SymbolStructure structure) {
        int modules = 0;
        int wrong = 0;
        int whiteStray = 0;
        int blackStray = 0;
        double noise = 0;
        for (int module = compared.nextSetBit(0); module >= 0; module = compared.nextSetBit(module + 1)) {
            if (!structure.isFixed(module)) {
                boolean white = shown.isWhite(module);
                modules++;
                noise += shown.impurity(module);
                if (white != recalled.isWhite(module)) {
                    wrong++;
                    boolean clean = shown.impurity(module) == 0;
                    whiteStray += clean && white ? 1 : 0;
                    blackStray += clean && !white ? 1 : 0;
                }
            }
        }
        return new Evidence(modules, wrong, whiteStray, blackStray, modules == 0 ? 0 : noise / modules);
    }

    /** How improbable it is that another symbol agrees this well, as the negative logarithm of Chernoff's bound. */
    double nats() {
        double agreeing = modules == 0 ? 0 : 1 - (double) wrong / modules;
        return agreeing <= 0.5 ? 0 : modules * (Math.log(2) + term(agreeing) + term(1 - agreeing));
    }

    private static double term(double share) {
        return share == 0 ? 0 : share * Math.log(share);
    }

    /**
     * Whether this can hardly be chance, and the wrong modules can be damage. Paint and scratches make modules wrong in
     * one direction, and noise shows within the modules. Another symbol differs in whole modules and in both
     * directions. The best was taken of this many guesses: stored symbols times ways to look at the picture.
     */
    boolean convinces(double guesses) {
        return nats() >= Math.log(guesses) + CERTAINTY
                && 2.0 * Math.min(whiteStray, blackStray) <= (STRAY + noise) * modules;
    }
}
