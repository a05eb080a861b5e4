package org.engram.tools.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/** Finds how a picture lies: in the EXIF data of a JPEG or PNG, or in a TIFF itself. Images of the JDK do not tell it. */
final class ExifOrientation {

    private static final int TAG = 0x112;
    private static final int TIFF_VERSION = 42;
    private static final int SHORT = 3;
    private static final int ENTRY_BYTES = 12;

    private static final int JPEG_START = 0xFFD8;
    private static final int JPEG_APP1 = 0xFFE1;
    private static final int JPEG_SCAN = 0xFFDA;
    private static final int EXIF = 0x45786966;

    private static final long PNG_START = 0x89504E470D0A1A0AL;
    private static final int PNG_EXIF = 0x65584966;
    private static final int PNG_END = 0x49454E44;
    /** The bits of every byte of a chunk's type that only letters have. */
    private static final int LETTERS = 0x40404040;

    private final ImageInputStream in;

    private ExifOrientation(ImageInputStream in) {
        this.in = in;
    }

    /**
     * Reads from the start of a file and goes back there. The picture is upright if the file does not tell or tells
     * nonsense.
     */
    static Orientation of(ImageInputStream in) throws IOException {
        in.setByteOrder(ByteOrder.BIG_ENDIAN);
        try {
            return Orientation.ofExif(new ExifOrientation(in).number());
        } catch (EOFException e) {
            return Orientation.UPRIGHT; // the decoder refuses a picture that is cut
        } finally {
            in.setByteOrder(ByteOrder.BIG_ENDIAN);
            in.seek(0);
        }
    }

    private int number() throws IOException {
        in.seek(0);
        long start = in.readLong();
        if (start == PNG_START) {
            return inPng();
        }
        return start >>> 48 == JPEG_START ? inJpeg() : inTiff(0);
    }

    private int inJpeg() throws IOException {
        in.seek(2);
        for (int marker = in.readUnsignedShort(); isSegment(marker); marker = in.readUnsignedShort()) {
            long end = in.getStreamPosition();
            end += in.readUnsignedShort();
            if (marker == JPEG_APP1 && in.readInt() == EXIF) {
                in.readUnsignedShort();
                return inTiff(in.getStreamPosition());
            }
            in.seek(end);
        }
        return 0;
    }

    private static boolean isSegment(int marker) {
        return marker >>> 8 == 0xFF && marker != JPEG_SCAN;
    }

    private int inPng() throws IOException {
        while (true) {
            long length = in.readUnsignedInt();
            int type = in.readInt();
            if (type == PNG_EXIF) {
                return inTiff(in.getStreamPosition());
            }
            if (type == PNG_END || (type & LETTERS) != LETTERS) {
                return 0;
            }
            in.seek(in.getStreamPosition() + length + Integer.BYTES);
        }
    }

    private int inTiff(long start) throws IOException {
        in.seek(start);
        int order = in.readUnsignedShort();
        in.setByteOrder(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if ((order != 0x4949 && order != 0x4D4D) || in.readUnsignedShort() != TIFF_VERSION) {
            return 0;
        }
        in.seek(start + in.readUnsignedInt());
        int entries = in.readUnsignedShort();
        long first = in.getStreamPosition();
        for (int entry = 0; entry < entries; entry++) {
            in.seek(first + (long) entry * ENTRY_BYTES);
            if (in.readUnsignedShort() == TAG && in.readUnsignedShort() == SHORT) {
                in.readInt();
                return in.readUnsignedShort();
            }
        }
        return 0;
    }
}
