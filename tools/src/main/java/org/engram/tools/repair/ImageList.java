package org.engram.tools.repair;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.engram.tools.console.Failure;
import org.engram.tools.image.ImageSource;

/** The images that a user named; of a named directory, all its images. */
final class ImageList {

    /** The endings of images in a directory, as users are told. */
    static final String ENDINGS = "png, jpg, jpeg, gif, bmp, tif or tiff";

    private ImageList() {}

    static List<Path> of(List<Path> named) {
        List<Path> images = new ArrayList<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                List<Path> inside = ImageSource.files(path, Integer.MAX_VALUE).stream()
                        .filter(ImageList::endsLikeAnImage)
                        .toList();
                if (inside.isEmpty()) {
                    throw Failure.cannotOpen(
                            "%s: expected image files in it (%s), found none".formatted(path, ENDINGS));
                }
                images.addAll(inside);
            } else {
                images.add(path);
            }
        }
        return images;
    }

    private static boolean endsLikeAnImage(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.matches(".*\\.(png|jpe?g|gif|bmp|tiff?)");
    }
}
