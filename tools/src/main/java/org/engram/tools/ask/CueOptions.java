package org.engram.tools.ask;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/**
 * The arguments of a verb that shows a picture to a store: the store, the image, and the options that say how the image
 * votes. For {@code @Mixin} fields.
 */
final class CueOptions extends PictureOptions {

    @Parameters(index = "0", paramLabel = "STORE", description = "The store.")
    private Path store;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "IMAGE",
            description = "The image to show to the store; - is standard input.")
    private Path image;

    Path store() {
        return store;
    }

    @Override
    protected Path image() {
        return image;
    }
}
