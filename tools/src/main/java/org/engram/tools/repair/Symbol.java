package org.engram.tools.repair;

import java.util.BitSet;
import java.util.List;
import org.engram.tools.qr.QrCorrection;

/** The modules of a stored symbol, row by row. Immutable. */
final class Symbol {

    private final int neuron;
    private final int side;
    private final byte[] white;
    /** The mean of the modules that are not fixed, with 1 for white and -1 for black. */
    private final double lightness;

    Symbol(int neuron, BitSet white, SymbolStructure structure) {
        this.neuron = neuron;
        this.side = structure.side();
        this.white = new byte[bytes(side)];
        int sum = 0;
        int free = 0;
        for (int module = 0; module < side * side; module++) {
            boolean light = white.get(module);
            if (light) {
                this.white[module / Byte.SIZE] |= (byte) (1 << module % Byte.SIZE);
            }
            if (!structure.isFixed(module)) {
                free++;
                sum += light ? 1 : -1;
            }
        }
        this.lightness = (double) sum / free;
    }

    static int bytes(int side) {
        return (side * side + Byte.SIZE - 1) / Byte.SIZE;
    }

    int neuron() {
        return neuron;
    }

    int side() {
        return side;
    }

    double lightness() {
        return lightness;
    }

    boolean isWhite(int module) {
        return (white[module / Byte.SIZE] >> module % Byte.SIZE & 1) != 0;
    }

    /** The modules of the error correction, block by block. */
    List<int[]> correction() {
        return QrCorrection.modules(side, this::isWhite);
    }

    /** 1 for a white module and -1 for a black one. */
    int sign(int module) {
        return isWhite(module) ? 1 : -1;
    }

    /** The sum of the table entries for its bytes. The table has 256 entries for each byte. */
    float sum(float[] sums) {
        float sum = 0;
        for (int k = 0; k < white.length; k++) {
            sum += sums[(k << Byte.SIZE) + Byte.toUnsignedInt(white[k])];
        }
        return sum;
    }
}
