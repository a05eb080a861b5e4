package org.engram.tools.qr;

import com.google.zxing.Binarizer;
import com.google.zxing.LuminanceSource;
import com.google.zxing.NotFoundException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import java.util.ArrayList;
import java.util.List;

/** The levels of black that ZXing knows: it finds one for each part of a picture, or one for the whole. */
public final class BlackLevels {

    private BlackLevels() {}

    /** The black pixels of a picture by each level that it has. */
    public static List<BitMatrix> of(LuminanceSource source) {
        List<BitMatrix> levels = new ArrayList<>();
        for (Binarizer binarizer : List.of(new HybridBinarizer(source), new GlobalHistogramBinarizer(source))) {
            try {
                levels.add(binarizer.getBlackMatrix());
            } catch (NotFoundException oneColour) {
                // the picture has no level between black and white
            }
        }
        return levels;
    }
}
