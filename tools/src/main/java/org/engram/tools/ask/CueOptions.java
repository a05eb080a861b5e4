package org.engram.tools.ask;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** A store, what is shown to it, and how that votes: both arguments and their options. For {@code @Mixin} fields. */
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
