package org.engram.tools.qr;

import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;

/**
 * How a text is printed as a symbol. Version 0 is the smallest that holds the text; mask -1 is the one that the
 * standard prefers.
 */
public record QrForm(int version, ErrorCorrectionLevel level, int mask) {

    public static final int LARGEST_VERSION = 40;
    public static final int MASKS = 8;

    /** Error correction M, as small as can be, with the preferred mask. */
    public static final QrForm USUAL = new QrForm(0, ErrorCorrectionLevel.M, -1);

    /** Refuses a version or mask that does not exist, with an IllegalArgumentException of one line. */
    public QrForm {
        if (version < 0 || version > LARGEST_VERSION) {
            throw new IllegalArgumentException(
                    "QR version is unknown: expected 1 to %d, found %d".formatted(LARGEST_VERSION, version));
        }
        if (mask < -1 || mask >= MASKS) {
            throw new IllegalArgumentException(
                    "mask pattern is unknown: expected 0 to %d, found %d".formatted(MASKS - 1, mask));
        }
    }

    QrForm withMask(int other) {
        return new QrForm(version, level, other);
    }
}
