package org.engram.tools.repair;

import com.google.zxing.Binarizer;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.ResultPoint;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.detector.Detector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.engram.tools.repair.Sighting.Method;

/** Lays grids over a picture, from the likely to the merely possible. */
final class Sightings {

    private static final int TURNS = 4;
    private static final double SAME_SIZE = 1e-9;

    private final Raster raster;
    private final List<Frame> frames;

    Sightings(Raster raster, List<Frame> frames) {
        this.raster = raster;
        this.frames = frames;
    }

    /** All ways, found when they are asked for, in groups that were found alike. */
    Stream<List<Sighting>> all() {
        return Stream.<Supplier<Stream<List<Sighting>>>>of(
                        () -> Stream.of(fitted()), () -> Stream.of(detected()), this::searched)
                .flatMap(Supplier::get);
    }

    /** The whole picture on the whole pattern, in all four turns. */
    private List<Sighting> fitted() {
        List<Sighting> found = new ArrayList<>();
        for (Frame frame : frames) {
            for (int quarters = 0; quarters < TURNS; quarters++) {
                double width = quarters % 2 == 0 ? raster.width() : raster.height();
                double height = quarters % 2 == 0 ? raster.height() : raster.width();
                double scale = Math.max(
                        width / frame.geometry().width(),
                        height / frame.geometry().height());
                Method method = Math.abs(width - frame.geometry().width())
                                        + Math.abs(height - frame.geometry().height())
                                < SAME_SIZE
                        ? Method.EXACT
                        : Method.FITTED;
                Placement upright = frame.placement()
                        .scaled(
                                scale,
                                (width - scale * frame.geometry().width()) / 2,
                                (height - scale * frame.geometry().height()) / 2);
                add(found, frame, upright.turned(quarters, width, height), method);
            }
        }
        return found;
    }

    /** By the finder patterns, if all three can be found; the picture may then be turned by any angle. */
    private List<Sighting> detected() {
        List<Sighting> found = new ArrayList<>();
        LuminanceSource source = raster.source();
        for (Binarizer binarizer : List.of(new GlobalHistogramBinarizer(source), new HybridBinarizer(source))) {
            ResultPoint[] finders;
            try {
                finders = new Detector(binarizer.getBlackMatrix())
                        .detect(Map.of(DecodeHintType.TRY_HARDER, true))
                        .getPoints();
            } catch (ReaderException none) {
                continue;
            }
            for (Frame frame : frames) {
                Placement placement = Placement.ofFinders(finders[1], finders[2], finders[0], frame.side());
                add(found, frame, placement, Method.DETECTED);
            }
        }
        return found;
    }

    private void add(List<Sighting> found, Frame frame, Placement placement, Method method) {
        Modules modules = Modules.read(raster, placement, frame.side(), frame.side());
        addBoth(found, frame, modules, placement.quarters(), method);
    }

    /** By the edges of modules, for each likely size of them: the best of the places where a symbol may be. */
    private Stream<List<Sighting>> searched() {
        return new GridSearch(raster, frames).places().map(this::onFrames);
    }

    private List<Sighting> onFrames(List<GridSearch.Place> places) {
        List<Sighting> found = new ArrayList<>();
        for (GridSearch.Place place : places) {
            for (Frame frame : frames) {
                if (frame.side() == place.window().side()) {
                    addBoth(found, frame, place.modules(), place.window().quarters(), Method.SEARCHED);
                }
            }
        }
        return found;
    }

    /** All that can be seen, and, where damage was found, what is left without it. */
    private static void addBoth(List<Sighting> found, Frame frame, Modules modules, int quarters, Method method) {
        BitSet whole = DamageEstimate.whole(modules);
        found.add(new Sighting(frame, modules, modules.visible(), false, quarters, method));
        if (!whole.equals(modules.visible())) {
            found.add(new Sighting(frame, modules, whole, true, quarters, method));
        }
    }
}
