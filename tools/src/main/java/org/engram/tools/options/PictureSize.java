package org.engram.tools.options;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.engram.store.Geometry;
import org.engram.tools.console.Failure;

/** The size that {@code --size} names. */
public final class PictureSize {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

    private PictureSize() {}

    /** The size that was given, or the paper's for null. */
    public static Geometry of(String size) {
        if (size == null) {
            return Geometry.PAPER;
        }
        Matcher sides = SIZE.matcher(size);
        if (!sides.matches()) {
            throw Failure.usage("--size is no size: expected WxH such as 116x116, found %s".formatted(size));
        }
        return Failure.argument(() -> new Geometry(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2))));
    }
}
