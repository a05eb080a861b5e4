package org.engram.tools.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "Stores all patterns of a source, in its order, each as one neuron under a key.",
            "",
            "directory  images, as memorize takes them; exported ones with the keys of their keys.tsv",
            "zip        images as in a directory; no entry may unpack to more than 64 MB",
            "csv, tsv   keys and texts, quoted as in RFC 4180; each text becomes a QR symbol. A line that names the columns",
            "           key and text may come before. Encoding, separator and line ends are found out",
            "npy        an array of numpy, N x height x width or N x pixels, or one picture, of bool, whole numbers or",
            "           floats, in C or Fortran order; also out of an npz. A last axis may have 1, 3 or 4 channels of colour.",
            "           Floats keep their values; 1 is white",
            "store      the live neurons of another store",
            "",
            "The kind follows from what the source is, or how its name ends. Running the same import again goes on "
                    + "after an interrupt: keys in use for the same pattern are passed over. An item that cannot be stored is "
                    + "skipped with a line that says why. No pattern is ever half stored. An interrupt ends the import after "
                    + "the pattern in work, and makes the store durable.",
            "JSON fields: stored (replaced ones too), replaced, passedOver, skipped, skippedItems (the first 10,000: name, "
                    + "reason), neurons (live in the store), seconds, rate (patterns a second)."
        },
        exitCodeList = {
            "2:something was skipped; or the store or the source cannot be opened or read",
            ExitCode.CORRUPT_HELP,
            ExitCode.LOCKED_HELP
        },
        footer = {
            "  engram import signs photos.zip",
            "  engram import signs texts.csv --strict",
            "  engram import signs texts.csv --columns Key,Text",
            "  engram import signs texts.csv --ec all    four symbols of each text, with the keys KEY#L to KEY#H",
            "  cut -f 1,2 texts | engram import signs - --format tsv",
            "  engram import signs digits.npy --keys digits.keys --white 255",
            "  engram import signs other-store --json"
        })
public final class ImportCommand extends ImportVerb {

    @Parameters(index = "0", paramLabel = "STORE", description = "The store.")
    private Path store;

    @Parameters(index = "1", paramLabel = "SOURCE", description = "What to import; - is standard input.")
    private Path source;

    @Override
    protected Path source() {
        return source;
    }

    @Override
    protected void requireOther() {
        try {
            if (Files.isDirectory(source) && Files.isSameFile(store, source)) {
                throw Failure.usage("%s is both store and source: expected another source".formatted(source));
            }
        } catch (IOException e) {
            return; // a file that cannot be looked at cannot be opened either, and opening tells why
        }
    }

    @Override
    protected String into() {
        return "store";
    }

    @Override
    protected Target openTarget() {
        PatternStore open = PatternStore.open(store);
        console().noteRecovery(open);
        return new ToStore(open);
    }

    /** Stores patterns one by one, as each is durable by itself. */
    record ToStore(PatternStore store) implements Target {
        @Override
        public Geometry geometry() {
            return store.geometry();
        }

        @Override
        public boolean hasMasks() {
            return store.hasMasks();
        }

        @Override
        public int batch() {
            return 1;
        }

        @Override
        public void begin(Collection<String> keys) {}

        @Override
        public boolean holds(String key, Pattern pattern) {
            return store.holds(key, pattern);
        }

        @Override
        public boolean put(String key, Pattern pattern) {
            return store.put(key, pattern).replaced();
        }

        @Override
        public void memorize(String key, Pattern pattern) {
            store.memorize(key, pattern);
        }

        @Override
        public void end() {}

        @Override
        public void sync() {
            store.sync();
        }

        @Override
        public long size() {
            return store.size();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
