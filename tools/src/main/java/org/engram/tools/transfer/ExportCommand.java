package org.engram.tools.transfer;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.engram.store.LearningRule;
import org.engram.store.Neuron;
import org.engram.store.PatternStore;
import org.engram.tools.console.Console;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Glob;
import org.engram.tools.console.Interruption;
import org.engram.tools.console.NewDirectory;
import org.engram.tools.console.NewFile;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.StandardStream;
import org.engram.tools.console.Text;
import org.engram.tools.image.ImageSource;
import org.engram.tools.options.StoreVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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
                    + "patterns come back from every kind but tables as they are, real-valued ones from npy only: PNG has 256 "
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
public final class ExportCommand extends StoreVerb {

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "A file, or a directory that is empty or not there yet; - is standard output.")
    private Path target;

    @Option(
            names = "--format",
            paramLabel = "KIND",
            description = "directory, zip, csv, tsv or npy, whatever the name says.")
    private TransferFormat format;

    @Option(
            names = "--filter",
            paramLabel = "GLOB",
            description = "Only keys that match: * is any text, ? one character, \\ takes their meaning.")
    private String filter;

    @Option(names = "--keys", paramLabel = "FILE", description = "The file for the keys of an array.")
    private Path keys;

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            description = "What the bytes of QR symbols are in that name no charset, such as ISO-8859-1 or Shift_JIS.")
    private Charset charset;

    @Option(
            names = "--spreadsheet",
            description =
                    "Put an apostrophe before cells of csv and tsv that a spreadsheet would run: those with = + - @ "
                            + "first. Import takes it for a part of the text.")
    private boolean spreadsheet;

    @Override
    public Integer call() throws IOException {
        TransferFormat kind = TransferFormat.ofTarget(target, format);
        requirePossible(kind);
        Console console = console();
        try (Interruption interruption = Interruption.begin();
                PatternStore open = PatternStore.openReadOnly(store())) {
            requireNoMasks(open);
            List<Neuron> neurons = chosen(open);
            Exporter exporter;
            try (ProgressLine progress = console.progress("export", "patterns", neurons.size())) {
                exporter = new Exporter(open, neurons, interruption, progress);
                write(exporter, kind);
            }
            boolean isTable = kind == TransferFormat.CSV || kind == TransferFormat.TSV;
            boolean isExact = kind == TransferFormat.NPY && open.rule().equals(LearningRule.PAPER);
            report(exporter, neurons.size(), isTable || isExact ? 0 : exporter.realValued());
            return exporter.leftOut().isEmpty() && exporter.uncertain().isEmpty()
                    ? ExitCode.FINE
                    : ExitCode.CANNOT_OPEN;
        }
    }

    private void requireNoMasks(PatternStore open) {
        if (open.hasMasks()) {
            throw Failure.cannotOpen(
                    "cannot export %s: it has masks, and no file would hold them; copy and compact keep them"
                            .formatted(store()));
        }
    }

    private void requirePossible(TransferFormat kind) {
        if (keys != null && kind != TransferFormat.NPY) {
            throw Failure.usage("--keys is for arrays; the other kinds hold the keys themselves");
        }
        boolean isTable = kind == TransferFormat.CSV || kind == TransferFormat.TSV;
        if (charset != null && !isTable) {
            throw Failure.usage("--charset is for csv and tsv; the other kinds hold symbols and not their texts");
        }
        if (spreadsheet && !isTable) {
            throw Failure.usage("--spreadsheet is for csv and tsv; nothing runs the other kinds");
        }
        if (asJson()) {
            StandardStream.requireFile("TARGET", target, "--json");
        }
        StandardStream.requireFile("--keys", keys, "the answer");
        if (!StandardStream.isMeant(target) && kind != TransferFormat.DIRECTORY) {
            requireFree(target);
        }
        Path keysFile = kind == TransferFormat.NPY ? keysFile() : null;
        if (keysFile != null) {
            requireFree(keysFile);
        }
        NewFile.requireOutside(target, store());
        NewFile.requireOutside(keysFile, store());
    }

    private static void requireFree(Path file) {
        if (Files.isDirectory(file) || Files.isRegularFile(file)) {
            throw NewDirectory.inTheWay(file, Files.isDirectory(file) ? "a directory" : "a file");
        }
    }

    /** Null for nowhere. */
    private Path keysFile() {
        if (keys != null || StandardStream.isMeant(target)) {
            return keys;
        }
        return target.resolveSibling(ImageSource.keyOf(target.getFileName().toString()) + ".keys");
    }

    private List<Neuron> chosen(PatternStore open) {
        Predicate<String> wanted = filter == null ? key -> true : Glob.of(filter);
        List<Neuron> neurons = open.neurons().stream()
                .filter(neuron -> wanted.test(neuron.key()))
                .toList();
        if (neurons.isEmpty()) {
            throw Failure.cannotOpen("nothing to export: %s: expected %s, found none"
                    .formatted(store(), filter == null ? "live neurons" : "keys that match " + filter));
        }
        return neurons;
    }

    private void write(Exporter exporter, TransferFormat kind) throws IOException {
        if (kind == TransferFormat.DIRECTORY) {
            NewDirectory.write(target, exporter::toDirectory);
            return;
        }
        NewFile.Content content = switch (kind) {
            case ZIP -> exporter::toZip;
            case CSV -> out -> exporter.toTable(out, ',', spreadsheet, charset);
            case TSV -> out -> exporter.toTable(out, '\t', spreadsheet, charset);
            default ->
                out -> {
                    exporter.toNpy(out);
                    if (keysFile() != null) {
                        NewFile.write(keysFile(), exporter::keysTo);
                    }
                };
        };
        console().write(target, content);
    }

    private void report(Exporter exporter, int chosen, long rounded) {
        Console console = console();
        int left = exporter.leftOut().size();
        int uncertain = exporter.uncertain().size();
        int exported = chosen - left - uncertain;
        if (uncertain > 0) {
            console.error("left out %s that name no charset and are no UTF-8, %s first; name it with --charset"
                    .formatted(
                            Text.count(uncertain, "symbol"),
                            Text.quoted(exporter.uncertain().getFirst())));
        }
        if (left > 0) {
            console.error("left out %s without a QR symbol that can be read, %s first; export to npy or a directory"
                    .formatted(
                            Text.count(left, "pattern"),
                            Text.quoted(exporter.leftOut().get(0))));
        }
        if (exporter.redrawn() > 0) {
            console.note("%s would come back as another pattern, as import draws symbols in its own way; npy keeps them"
                    .formatted(Text.count(exporter.redrawn(), "text")));
        }
        if (rounded > 0) {
            console.note(
                    "%s not exactly as taught: images have 256 shades of grey, and npy has what the weights display"
                            .formatted(Text.count(rounded, "real-valued pattern")));
        }
        if (asJson()) {
            record Answer(int exported, List<String> leftOut, List<String> uncertain, int redrawn, long rounded) {}
            console.json(new Answer(exported, exporter.leftOut(), exporter.uncertain(), exporter.redrawn(), rounded));
        } else if (!StandardStream.isMeant(target)) {
            console.line(
                    "exported %s to %s".formatted(Text.count(exported, "pattern"), Text.escape(target.toString())));
        }
    }
}
