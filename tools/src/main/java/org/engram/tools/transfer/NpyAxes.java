package org.engram.tools.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.engram.store.Geometry;
import org.engram.tools.console.Failure;

/**
 * The meaning of the axes of an array: patterns, rows, columns, and channels of colour. A pattern's elements are
 * counted from 0 on, in the order of the file. The strides lead from one to the next.
 */
record NpyAxes(long count, int pixels, int width, int channels, int rowStride, int columnStride, int channelStride) {

    /**
     * The forms of arrays, with one letter for each axis: number of the pattern, pixels, height, width, channels. The
     * first form that fits is taken.
     */
    private static final List<String> FORMS = List.of("nhw", "np", "hw", "p", "nhwc", "hwc", "nchw");

    static NpyAxes of(String name, NpyHeader header, Geometry geometry) {
        List<Long> shape = header.shape();
        List<String> fitting =
                FORMS.stream().filter(form -> fits(form, shape, geometry)).toList();
        if (fitting.isEmpty()) {
            throw Failure.usage("%s does not fit the store: expected the shape (N, %d, %d) or (N, %d), found (%s)"
                    .formatted(
                            name,
                            geometry.height(),
                            geometry.width(),
                            geometry.pixels(),
                            shape.stream().map(String::valueOf).collect(Collectors.joining(", "))));
        }
        if (fitting.containsAll(List.of("nhwc", "nchw")) && shape.get(1) > 1) {
            throw Failure.usage(
                    "%s does not tell which axis has the colours: expected the shape (N, %d, %d), found (%s)"
                            .formatted(
                                    name,
                                    geometry.height(),
                                    geometry.width(),
                                    shape.stream().map(String::valueOf).collect(Collectors.joining(", "))));
        }
        return strided(fitting.getFirst(), header, geometry);
    }

    private static boolean fits(String form, List<Long> shape, Geometry geometry) {
        if (form.length() != shape.size()) {
            return false;
        }
        for (int i = 0; i < form.length(); i++) {
            long found = shape.get(i);
            boolean fits = switch (form.charAt(i)) {
                case 'h' -> found == geometry.height();
                case 'w' -> found == geometry.width();
                case 'p' -> found == geometry.pixels();
                case 'c' -> found == 1 || found == 3 || found == 4;
                default -> true;
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static NpyAxes strided(String form, NpyHeader header, Geometry geometry) {
        int[] strides = new int['z'];
        List<Integer> fastestFirst = new ArrayList<>();
        for (int i = 0; i < form.length(); i++) {
            fastestFirst.add(header.fortran() ? fastestFirst.size() : 0, i);
        }
        int stride = 1;
        for (int axis : fastestFirst) {
            char letter = form.charAt(axis);
            if (letter != 'n') {
                strides[letter] = stride;
                stride *= Math.toIntExact(header.shape().get(axis));
            }
        }
        boolean flat = form.indexOf('p') >= 0;
        int channelAxis = form.indexOf('c');
        return new NpyAxes(
                form.charAt(0) == 'n' ? header.shape().getFirst() : 1,
                geometry.pixels(),
                geometry.width(),
                channelAxis < 0 ? 1 : Math.toIntExact(header.shape().get(channelAxis)),
                flat ? geometry.width() : strides['h'],
                flat ? 1 : strides['w'],
                strides['c']);
    }

    /** How many elements a pattern has. */
    int elements() {
        return pixels * channels;
    }

    /** The first element of a pixel, among the elements of its pattern. */
    int first(int pixel) {
        return pixel / width * rowStride + pixel % width * columnStride;
    }

    /** Whether the elements of a pattern are its pixels, in their order. */
    boolean isPlain() {
        return channels == 1 && columnStride == 1 && rowStride == width;
    }
}
