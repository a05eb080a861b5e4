package org.engram.tools.qr;

import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.decoder.Version;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Finds the modules that hold the error correction of each block of a symbol. */
public final class QrCorrection {

    private static final int SMALLEST = 21;
    private static final int STEP = 4;
    private static final int FORMAT_ROW = 8;
    private static final int LEVEL_MASK = 0b10;

    private QrCorrection() {}

    /** The modules of each block's error correction, by rows, of a symbol with these white modules. */
    public static List<int[]> modules(int side, IntPredicate isWhite) {
        Version version = Version.getVersionForNumber((side - SMALLEST) / STEP + 1);
        Version.ECBlocks blocks = version.getECBlocksForLevel(level(side, isWhite));
        int[] placed = new QrPlacement(version.getVersionNumber()).modules();
        int first = version.getTotalCodewords() - blocks.getTotalECCodewords();
        int count = blocks.getNumBlocks();
        return IntStream.range(0, count)
                .mapToObj(block -> IntStream.range(0, blocks.getECCodewordsPerBlock())
                        .flatMap(k -> IntStream.range(0, Byte.SIZE)
                                .map(bit -> placed[Byte.SIZE * (first + k * count + block) + bit]))
                        .toArray())
                .toList();
    }

    /** The level, which the first two bits of the format information tell. */
    private static ErrorCorrectionLevel level(int side, IntPredicate isWhite) {
        int first = isWhite.test(FORMAT_ROW * side) ? 0 : 2;
        int second = isWhite.test(FORMAT_ROW * side + 1) ? 0 : 1;
        return ErrorCorrectionLevel.forBits((first + second) ^ LEVEL_MASK);
    }
}
