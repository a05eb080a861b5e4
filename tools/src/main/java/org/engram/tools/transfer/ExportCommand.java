package org.engram.tools.transfer;

import java.nio.file.Path;
import java.util.List;
import org.engram.store.Geometry;
import org.engram.store.LearningRule;
import org.engram.store.Neuron;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Writes the live patterns of a store, in the order of their neurons, for other programs or for import.",
            "",
            "directory  a PNG for each, and keys.tsv with the columns file and key; what a file name may not hold stands",
            "           in it as %%XX",
            "zip        the same, packed",
            "npy        an array N x height x width for numpy.load: bool when all are black and white, else float32; the",
            "           keys stand beside it in a file that ends with .keys, one a line",
            "csv, tsv   key and text of the QR symbols. Patterns that hold none are left out and told, and so are symbols that",
            "           name no charset and are no UTF-8: their texts would be a guess, unless --charset names it",
            "",
            "The kind follows from how the name ends; a name without such an ending is a directory. Black and white "
                    + "patterns come back from every kind except tables as they are, real-valued ones from npy only: PNG has 256 "
                    + "shades of grey. STORE is only read. TARGET is there completely or not at all, and nothing is "
                    + "overwritten. copy and compact make stores.",
            "JSON fields: exported, leftOut (keys without a QR symbol), uncertain (keys of symbols left out because "
                    + "nobody knows their charset), redrawn (texts that import would draw as another "
                    + "pattern), rounded (real-valued patterns that lost precision)."
        },
        exitCodeList = {
            "2:patterns were left out; or the store cannot be opened, or TARGET not written",
            ExitCode.CORRUPT_HELP
        },
        footer = {
            "  engram export signs pictures",
            "  engram export signs signs.npy",
            "  engram export signs some.zip --filter 'road-*'",
            "  engram export signs - --format tsv | sort"
        })
public final class ExportCommand extends ExportVerb {

    @Parameters(index = "0", paramLabel = "STORE", description = "The store.")
    private Path store;

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "A file, or a directory that is empty or not there yet; - is standard output.")
    private Path target;

    @Override
    protected Path store() {
        return store;
    }

    @Override
    protected Path target() {
        return target;
    }

    @Override
    protected String from() {
        return store.toString();
    }

    @Override
    protected Shelf open() {
        PatternStore open = PatternStore.openReadOnly(store);
        if (open.hasMasks()) {
            open.close();
            throw Failure.cannotOpen(
                    "cannot export %s: it has masks, and no file would hold them; copy and compact keep them"
                            .formatted(store));
        }
        return new OfStore(open);
    }

    private record OfStore(PatternStore store) implements Shelf {
        @Override
        public Geometry geometry() {
            return store.geometry();
        }

        @Override
        public List<Neuron> neurons() {
            return store.neurons();
        }

        @Override
        public Pattern pattern(Neuron neuron) {
            return store.pattern(neuron.neuron());
        }

        @Override
        public boolean isExact() {
            return store.rule().equals(LearningRule.PAPER);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
