package org.engram.tools.draw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.engram.tools.draw.PointPlot.Points;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointPlotTest {

    private static final int BELOW_THE_POINTS = 412;
    private static final int ABOVE_THE_LEGEND = 455;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 12, 300, 301, 5000})
    void neuronsInARowHaveTheSameRoundNumbersBelowThemAsNeuronsWithGaps(int neurons) {
        List<Double> inARow =
                IntStream.range(0, neurons).mapToObj(i -> (double) i).toList();
        Axis axis = Axis.around(0, Math.max(1, neurons - 1));
        List<Double> withGaps = List.of(0.0, axis.max() * 0.31, axis.max());
        assertArrayEquals(labels(axis, withGaps), labels(axis, inARow));
    }

    /** The pixels of what stands below the horizontal axis. */
    private static int[] labels(Axis neurons, List<Double> x) {
        List<Double> y = x.stream().map(any -> 0.5).toList();
        BufferedImage image = new PointPlot(
                        "title",
                        neurons,
                        "neuron",
                        new Axis(0, 1),
                        "q / R",
                        new Points("all neurons", x, y),
                        new Points("", List.of(), List.of()),
                        Double.NaN)
                .image();
        int height = ABOVE_THE_LEGEND - BELOW_THE_POINTS;
        return image.getRGB(0, BELOW_THE_POINTS, image.getWidth(), height, null, 0, image.getWidth());
    }
}
