package org.engram.tools.transfer;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.engram.store.Neuron;
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
import org.engram.tools.options.JsonVerb;
import picocli.CommandLine.Option;

/** Writes patterns out, wherever they are. It does everything that {@code export} does, except opening what it reads. */
public abstract class ExportVerb extends JsonVerb {

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
            description = "The charset of the bytes of QR symbols that name none, such as ISO-8859-1 or Shift_JIS.")
    private Charset charset;

    @Option(
            names = "--spreadsheet",
            description =
                    "Put an apostrophe before cells of csv and tsv that a spreadsheet would run: those with = + - @ "
                            + "first. Import takes it for a part of the text.")
    private boolean spreadsheet;

    /** Where to write. */
    protected abstract Path target();

    /** A directory in which nothing may be written; null for none. */
    protected abstract Path store();

    /** What is read, in words. */
    protected abstract String from();

    /** Opens what is read. */
    protected abstract Shelf open();

    @Override
    public final Integer call() throws IOException {
        TransferFormat kind = TransferFormat.ofTarget(target(), format);
        requirePossible(kind);
        Console console = console();
        try (Interruption interruption = Interruption.begin();
                Shelf open = open()) {
            List<Neuron> neurons = chosen(open);
            Exporter exporter;
            try (ProgressLine progress = console.progress("export", "patterns", neurons.size())) {
                exporter = new Exporter(open, neurons, interruption, progress);
                write(exporter, kind);
            }
            boolean isTable = kind == TransferFormat.CSV || kind == TransferFormat.TSV;
            boolean isExact = kind == TransferFormat.NPY && open.isExact();
            report(exporter, neurons.size(), isTable || isExact ? 0 : exporter.realValued());
            return exporter.leftOut().isEmpty() && exporter.uncertain().isEmpty()
                    ? ExitCode.FINE
                    : ExitCode.CANNOT_OPEN;
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
            StandardStream.requireFile("TARGET", target(), "--json");
        }
        StandardStream.requireFile("--keys", keys, "the answer");
        if (!StandardStream.isMeant(target()) && kind != TransferFormat.DIRECTORY) {
            requireFree(target());
        }
        Path keysFile = kind == TransferFormat.NPY ? keysFile() : null;
        if (keysFile != null) {
            requireFree(keysFile);
        }
        NewFile.requireOutside(target(), store());
        NewFile.requireOutside(keysFile, store());
    }

    private static void requireFree(Path file) {
        if (Files.isDirectory(file) || Files.isRegularFile(file)) {
            throw NewDirectory.inTheWay(file, Files.isDirectory(file) ? "a directory" : "a file");
        }
    }

    /** Where to write the keys; null for nowhere. */
    private Path keysFile() {
        if (keys != null || StandardStream.isMeant(target())) {
            return keys;
        }
        return target().resolveSibling(ImageSource.keyOf(target().getFileName().toString()) + ".keys");
    }

    private List<Neuron> chosen(Shelf open) {
        Predicate<String> wanted = filter == null ? key -> true : Glob.of(filter);
        List<Neuron> neurons = open.neurons().stream()
                .filter(neuron -> wanted.test(neuron.key()))
                .toList();
        if (neurons.isEmpty()) {
            throw Failure.cannotOpen("nothing to export: %s: expected %s, found none"
                    .formatted(from(), filter == null ? "live neurons" : "keys that match " + filter));
        }
        return neurons;
    }

    private void write(Exporter exporter, TransferFormat kind) throws IOException {
        if (kind == TransferFormat.DIRECTORY) {
            NewDirectory.write(target(), exporter::toDirectory);
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
        console().write(target(), content);
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
        } else if (!StandardStream.isMeant(target())) {
            console.line(
                    "exported %s to %s".formatted(Text.count(exported, "pattern"), Text.escape(target().toString())));
        }
    }
}
