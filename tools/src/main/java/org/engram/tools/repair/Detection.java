package org.engram.tools.repair;

import com.google.zxing.DecodeHintType;
import com.google.zxing.ReaderException;
import com.google.zxing.ResultPoint;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.DetectorResult;
import com.google.zxing.multi.qrcode.detector.MultiDetector;
import com.google.zxing.qrcode.detector.Detector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.engram.tools.qr.QrCodec;
import org.engram.tools.repair.Place.Method;

/**
 * A symbol that ZXing finds by three finder patterns: its text, if error correction reads it, and the places where it
 * may lie, the likeliest first.
 */
record Detection(List<Place> places, Optional<String> text) {

    private static final Map<DecodeHintType, ?> HINTS = Map.of(DecodeHintType.TRY_HARDER, true);
    /** There are more only in clutter, where ZXing would try any three of hundreds. */
    private static final int MOST_FINDERS = 60;

    private static final float CENTRE = 3.5f;
    private static final float ALIGNMENT = 6.5f;

    /**
     * All symbols in a picture that has this many finders. A pixel of it is {@code scale} pixels of the picture that
     * places refer to.
     */
    static List<Detection> in(BitMatrix black, int finders, double scale) {
        List<DetectorResult> results = new ArrayList<>();
        if (finders > MOST_FINDERS) {
            return List.of();
        }
        try {
            results.add(new Detector(black).detect(HINTS));
        } catch (ReaderException none) {
            // the other detector may find some all the same
        }
        try {
            results.addAll(List.of(new MultiDetector(black).detectMulti(HINTS)));
        } catch (ReaderException none) {
            // one or none
        }
        return results.stream().map(result -> of(result, scale)).toList();
    }

    private static Detection of(DetectorResult result, double scale) {
        ResultPoint[] points = result.getPoints();
        int dimension = result.getBits().getWidth();
        List<Place> places = new ArrayList<>();
        for (int side = dimension - SymbolStructure.STEP;
                side <= dimension + SymbolStructure.STEP;
                side += SymbolStructure.STEP) {
            if (side >= SymbolStructure.SMALLEST && side <= SymbolStructure.LARGEST) {
                if (side == dimension && points.length > 3) {
                    places.add(place(points, points[3], ALIGNMENT, side, scale));
                }
                ResultPoint opposite = new ResultPoint(
                        points[0].getX() + points[2].getX() - points[1].getX(),
                        points[0].getY() + points[2].getY() - points[1].getY());
                places.add(place(points, opposite, CENTRE, side, scale));
            }
        }
        return new Detection(places, QrCodec.decode(result.getBits()));
    }

    private static Place place(ResultPoint[] points, ResultPoint fourth, float fromCorner, int side, double scale) {
        float far = side - CENTRE;
        float corner = side - fromCorner;
        Quad quad = Quad.through(
                new float[] {CENTRE, CENTRE, far, CENTRE, corner, corner, CENTRE, far},
                new float[] {
                    points[1].getX(),
                    points[1].getY(),
                    points[2].getX(),
                    points[2].getY(),
                    fourth.getX(),
                    fourth.getY(),
                    points[0].getX(),
                    points[0].getY()
                },
                side);
        return Place.flat(quad.scaled(scale), side, Method.DETECTED);
    }
}
