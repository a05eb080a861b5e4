package org.engram.tools.repair;

import java.util.ArrayList;
import java.util.List;
import org.engram.store.Geometry;
import org.engram.tools.repair.Place.Method;

/** Lays the whole picture on the whole pattern, in all four turns and mirrored. */
final class WholePicture {

    private static final int TURNS = 4;
    private static final double SAME_SHAPE = 1.05;

    private WholePicture() {}

    /** The places; none when the picture has another shape than the patterns. */
    static List<Place> places(Raster raster, Geometry geometry, List<Frame> frames) {
        List<Place> places = new ArrayList<>();
        for (int quarters = 0; quarters < TURNS; quarters++) {
            double width = quarters % 2 == 0 ? geometry.width() : geometry.height();
            double height = quarters % 2 == 0 ? geometry.height() : geometry.width();
            double across = raster.width() / width;
            double down = raster.height() / height;
            if (Math.max(across, down) > SAME_SHAPE * Math.min(across, down)) {
                continue;
            }
            Method method = across == 1 && down == 1 ? Method.EXACT : Method.FITTED;
            for (Frame frame : frames) {
                Quad quad = quad(frame, geometry, quarters, Math.max(across, down), raster);
                places.add(Place.flat(quad, frame.side(), method));
                places.add(Place.flat(quad.mirrored(), frame.side(), method));
            }
        }
        return places;
    }

    /** The place of a frame of the upright pattern after the pattern is turned, scaled and centred. */
    private static Quad quad(Frame frame, Geometry geometry, int quarters, double scale, Raster raster) {
        double size = frame.side() * frame.pitch();
        double[] corners = {
            frame.left(),
            frame.top(),
            frame.left() + size,
            frame.top(),
            frame.left() + size,
            frame.top() + size,
            frame.left(),
            frame.top() + size
        };
        double[] placed = new double[corners.length];
        for (int k = 0; k < corners.length; k += 2) {
            double x = corners[k] - geometry.width() / 2.0;
            double y = corners[k + 1] - geometry.height() / 2.0;
            for (int turn = 0; turn < quarters; turn++) {
                double before = x;
                x = -y;
                y = before;
            }
            placed[k] = raster.width() / 2.0 + scale * x;
            placed[k + 1] = raster.height() / 2.0 + scale * y;
        }
        return Quad.of(placed);
    }
}
