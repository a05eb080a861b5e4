package org.engram.tools.qr;

import com.google.zxing.qrcode.decoder.Version;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Places the bits of the codewords in the symbols of a version. */
final class QrPlacement {

    private static final int TIMING = 6;
    /** The modules a side of a corner: a finder, the white around it, and the format information. */
    private static final int CORNER = 9;

    private final int number;

    QrPlacement(int version) {
        this.number = version;
    }

    /** Turns over the modules, dark = 1, of all bits that are set. */
    void turnOver(ByteMatrix modules, BitSet bits) {
        int[] placed = modules();
        bits.stream().forEach(bit -> {
            int x = placed[bit] % modules.getWidth();
            int y = placed[bit] / modules.getWidth();
            modules.set(x, y, modules.get(x, y) ^ 1);
        });
    }

    /**
     * The module of each bit, by rows, in the order of the bits. The standard places bits in two columns at a time from
     * the right, up and down in turn.
     */
    int[] modules() {
        int side = Version.getVersionForNumber(number).getDimensionForVersion();
        IntStream.Builder placed = IntStream.builder();
        boolean isUpward = true;
        for (int right = side - 1; right > 0; right -= 2) {
            right -= right == TIMING ? 1 : 0;
            for (int i = 0; i < side; i++) {
                int y = isUpward ? side - 1 - i : i;
                for (int x = right; x > right - 2; x--) {
                    if (!isFunction(x, y, side)) {
                        placed.add(y * side + x);
                    }
                }
            }
            isUpward = !isUpward;
        }
        return placed.build().toArray();
    }

    /** Whether a module is no data: a finder or what is around it, timing, alignment or version information. */
    private boolean isFunction(int x, int y, int side) {
        int far = side - CORNER + 1;
        boolean isCorner = (x < CORNER && y < CORNER) || (x >= far && y < CORNER) || (x < CORNER && y >= far);
        boolean isVersion = number >= 7 && ((x >= far - 3 && y < TIMING) || (x < TIMING && y >= far - 3));
        return isCorner || isVersion || x == TIMING || y == TIMING || isAlignment(x, y, far);
    }

    private boolean isAlignment(int x, int y, int far) {
        int[] centers = Version.getVersionForNumber(number).getAlignmentPatternCenters();
        for (int down : centers) {
            for (int across : centers) {
                boolean isFree = !(across < CORNER && down < CORNER)
                        && !(across >= far && down < CORNER)
                        && !(across < CORNER && down >= far);
                if (isFree && Math.abs(x - across) <= 2 && Math.abs(y - down) <= 2) {
                    return true;
                }
            }
        }
        return false;
    }
}
