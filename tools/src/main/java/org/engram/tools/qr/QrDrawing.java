package org.engram.tools.qr;

import com.google.zxing.qrcode.encoder.ByteMatrix;
import java.util.BitSet;
import org.engram.store.Geometry;
import org.engram.store.Pattern;

/** Draws modules as pixels: whole pixels, as large as fit, centred, with a quiet zone of four modules; white = 1. */
final class QrDrawing {

    /** Modules of white that a symbol needs around it. */
    static final int QUIET_ZONE = 4;

    private QrDrawing() {}

    /**
     * Draws modules, dark = 1. If they do not fit, throws an IllegalArgumentException of one line, which ends with this
     * advice.
     */
    static Pattern draw(ByteMatrix modules, int version, Geometry geometry, String advice) {
        int needed = modules.getWidth() + 2 * QUIET_ZONE;
        int scale = Math.min(geometry.width(), geometry.height()) / needed;
        if (scale < 1) {
            throw new IllegalArgumentException(
                    "QR symbol does not fit: expected at least %d x %d pixels for version %d, found %s; %s"
                            .formatted(needed, needed, version, geometry, advice));
        }
        return scaled(modules, scale, geometry);
    }

    private static Pattern scaled(ByteMatrix modules, int scale, Geometry geometry) {
        int side = modules.getWidth();
        int corner = geometry.index((geometry.width() - scale * side) / 2, (geometry.height() - scale * side) / 2);
        BitSet white = new BitSet(geometry.pixels());
        white.set(0, geometry.pixels());
        for (int y = 0; y < side; y++) {
            int end;
            for (int x = next(true, modules, 0, y); x < side; x = next(true, modules, end, y)) {
                end = next(false, modules, x, y);
                for (int line = scale * y; line < scale * y + scale; line++) {
                    int start = corner + line * geometry.width();
                    white.clear(start + scale * x, start + scale * end);
                }
            }
        }
        return Pattern.twoValued(geometry, white);
    }

    /** The first dark, or white, module of a row from one on; the width when there is none. */
    private static int next(boolean dark, ByteMatrix modules, int x, int y) {
        int at = x;
        while (at < modules.getWidth() && (modules.get(at, y) == 1) != dark) {
            at++;
        }
        return at;
    }
}
