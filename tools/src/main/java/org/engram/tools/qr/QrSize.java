package org.engram.tools.qr;

import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.decoder.Mode;
import com.google.zxing.qrcode.decoder.Version;
import org.engram.store.Geometry;

/** Tells how much room symbols need, and how much they hold. */
public final class QrSize {

    private QrSize() {}

    /** Modules a side, without the quiet zone. */
    public static int modules(int version) {
        return Version.getVersionForNumber(version).getDimensionForVersion();
    }

    /** The smallest square pattern that holds a version with its quiet zone. */
    public static int side(int version) {
        return modules(version) + 2 * QrDrawing.QUIET_ZONE;
    }

    /** The largest version that patterns of this shape hold; 0 for none. */
    public static int largestVersion(Geometry geometry) {
        int version = QrForm.LARGEST_VERSION;
        while (version > 0 && side(version) > Math.min(geometry.width(), geometry.height())) {
            version--;
        }
        return version;
    }

    /** How many bytes a symbol holds in one segment without an ECI. */
    public static int bytes(int number, ErrorCorrectionLevel level) {
        Version version = Version.getVersionForNumber(number);
        int codewords =
                version.getTotalCodewords() - version.getECBlocksForLevel(level).getTotalECCodewords();
        return (Byte.SIZE * codewords - 4 - Mode.BYTE.getCharacterCountBits(version)) / Byte.SIZE;
    }
}
