package org.engram.tools.care;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.engram.store.Progress;
import org.engram.tools.console.Interruption;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.Text;
import org.engram.tools.options.StoreVerb;
import picocli.CommandLine.Parameters;

/** A verb that makes a new store of another. */
abstract class NewStoreVerb extends StoreVerb {

    @FunctionalInterface
    interface Maker<T> {
        /** Called once; leaves nothing of the target when the progress throws. The progress is told after every neuron. */
        T make(Path store, Path target, Progress progress);
    }

    static final String HELP =
            "STORE is only read. TARGET is there completely or not at all: an error or an interrupt removes what was "
                    + "begun, and the next run replaces what a killed run left in TARGET.tmp, or in TARGET where that was there "
                    + "before.";

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "The new store: an empty directory outside STORE, or one that is not there yet.")
    private Path target;

    final String target() {
        return Text.escape(target.toString());
    }

    /** Makes the store, and shows the progress. An interrupt leaves nothing of the store. */
    final <T> T make(String verb, Maker<T> maker) {
        boolean wasThere = Files.isDirectory(target);
        try (Interruption interruption = Interruption.begin();
                ProgressLine progress = console().progress(verb)) {
            T made = maker.make(store(), target, (done, total) -> {
                interruption.check();
                progress.at(done, total);
            });
            if (interruption.isAsked()) {
                discard(wasThere);
            }
            interruption.check();
            return made;
        }
    }

    /** Removes a store that became complete only after the interrupt. */
    private void discard(boolean wasThere) {
        try (Stream<Path> files = Files.list(target)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
            if (!wasThere) {
                Files.delete(target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
