package org.engram.tools.console;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A file, or a directory of files, that has another name until it is complete, so that half of it is never found. */
record Unfinished(Path path) {

    private static final AtomicInteger MADE = new AtomicInteger();

    @FunctionalInterface
    interface Making {
        void run() throws IOException;
    }

    /** One beside its target; nothing is made yet. */
    static Unfinished beside(Path target) {
        return new Unfinished(target.resolveSibling(
                ".engram-%d-%d".formatted(ProcessHandle.current().pid(), MADE.getAndIncrement())));
    }

    /** Makes it and gives it its name; if that fails, nothing of it is left. */
    void finish(Path target, Making making, CopyOption... options) throws IOException {
        try {
            making.run();
            Files.move(path, target, options);
        } catch (IOException | RuntimeException | Error e) {
            discard(e);
            throw e;
        }
    }

    private void discard(Throwable e) {
        try {
            TemporaryDirectory.deleteAll(path);
        } catch (IOException alsoFailed) {
            e.addSuppressed(alsoFailed);
        }
    }
}
