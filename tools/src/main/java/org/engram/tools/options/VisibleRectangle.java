package org.engram.tools.options;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.engram.tools.console.Failure;

/** The rectangle of {@code --visible} in pixels; it is not checked against any picture yet. */
public record VisibleRectangle(int x, int y, int width, int height) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,5}),(\\d{1,5}),(\\d{1,5}),(\\d{1,5})");

    public static VisibleRectangle parse(String visible) {
        Matcher parts = FORM.matcher(visible);
        if (!parts.matches()) {
            throw Failure.usage(
                    "--visible is no rectangle: expected X,Y,W,H such as 58,58,58,58, found %s".formatted(visible));
        }
        return new VisibleRectangle(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                Integer.parseInt(parts.group(4)));
    }
}
