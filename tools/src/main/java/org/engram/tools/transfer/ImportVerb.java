package org.engram.tools.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.tools.console.Console;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Interruption;
import org.engram.tools.console.Json;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.StandardStream;
import org.engram.tools.console.Text;
import org.engram.tools.image.ImageNotes;
import org.engram.tools.image.Picture;
import org.engram.tools.options.JsonVerb;
import org.engram.tools.options.LevelOptions;
import org.engram.tools.options.SymbolOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Stores what a source has, wherever it goes. It does everything that {@code import} does, except opening what it
 * writes to.
 */
public abstract class ImportVerb extends JsonVerb {

    @Option(
            names = "--format",
            paramLabel = "KIND",
            description = "directory, zip, csv, tsv, npy or store, whatever the name says.")
    private TransferFormat format;

    @Option(names = "--replace", description = "Replace the patterns of keys in use instead of skipping the new ones.")
    private boolean replace;

    @Option(names = "--strict", description = "Stop at the first item that cannot be stored, instead of skipping it.")
    private boolean strict;

    @Option(
            names = "--recursive",
            description = "Take the deeper images of a directory or zip too; their keys are the paths without ending.")
    private boolean recursive;

    @Mixin
    private LevelOptions levels;

    @Option(
            names = "--white",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "The number in an array that means white, such as 255; 1 without it.")
    private double white;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "Keys for an array, one a line, quoted as in RFC 4180 where need be; else npy-0, npy-1, ...")
    private Path keys;

    @Option(names = "--array", paramLabel = "NAME", description = "Which array of an npz, when several would fit.")
    private String array;

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            description =
                    "The charset of a table, or of the names in a zip, such as windows-1252; found out without it.")
    private Charset charset;

    @Option(
            names = "--separator",
            paramLabel = "CHARACTER",
            description = "The character between the columns of a table, or tab; found out without it.")
    private String separator;

    @Option(
            names = "--columns",
            paramLabel = "KEY,TEXT",
            split = ",",
            description = "The names of the columns of keys and texts; key,text without it.")
    private List<String> columns;

    @Mixin
    private SymbolOptions symbolOptions;

    private final ImageNotes notes = new ImageNotes();

    /** What to import. */
    protected abstract Path source();

    protected final LevelOptions levels() {
        return levels;
    }

    /** Refuses a source that is the target itself. */
    protected abstract void requireOther();

    /** What is written to, in a word. */
    protected abstract String into();

    /** Opens what is written to. */
    protected abstract Target openTarget();

    @Override
    public final Integer call() {
        if (!(white > 0 && Double.isFinite(white))) {
            throw Failure.usage("--white is out of range: expected a number above 0, found " + white);
        }
        TransferFormat kind = TransferFormat.ofSource(source(), format);
        if (keys != null && kind != TransferFormat.NPY) {
            throw Failure.usage("--keys is for arrays; the other sources bring their own keys");
        }
        requireFitting(kind);
        requireOther();
        Console console = console();
        long start = System.nanoTime();
        try (Target open = openTarget()) {
            Importer importer = new Importer(open, replace, strict, console::error);
            // Standard input may never begin. Until it begins, nothing is stored and the process may simply end.
            try (Source opened = open(kind, open);
                    Interruption interruption = Interruption.begin()) {
                store(opened, importer, open, interruption);
                report(importer.counts(), open.size(), (System.nanoTime() - start) / 1e9);
            }
            return importer.counts().skipped() == 0 ? ExitCode.FINE : ExitCode.CANNOT_OPEN;
        }
    }

    private void store(Source opened, Importer importer, Target open, Interruption interruption) {
        Console console = console();
        try (ProgressLine progress = console.progress("import", "patterns", opened.total())) {
            importer.run(opened, interruption, progress);
        } catch (Interruption.Interrupted e) {
            open.sync();
            console.note("interrupted: %s stored; the same import again goes on from there"
                    .formatted(Text.count(importer.counts().stored(), "pattern")));
            throw e;
        } finally {
            notes.tellStored(console, open.hasMasks());
        }
        open.sync();
    }

    private void requireFitting(TransferFormat kind) {
        levels.check();
        if (levels.levels() != null && kind != TransferFormat.DIRECTORY && kind != TransferFormat.ZIP) {
            throw Failure.usage("--levels is for images: expected a directory or a zip");
        }
        boolean isTable = kind == TransferFormat.CSV || kind == TransferFormat.TSV;
        if ((separator != null || columns != null) && !isTable) {
            throw Failure.usage("--separator and --columns are for tables: expected csv or tsv");
        }
        if (charset != null && !isTable && kind != TransferFormat.ZIP) {
            throw Failure.usage("--charset is for tables and zip files; the other sources tell their own");
        }
        if (!isTable) {
            symbolOptions.requireNone("csv or tsv");
        }
        if (array != null && kind != TransferFormat.NPY) {
            throw Failure.usage("--array is for an npz; the other sources have no arrays");
        }
    }

    private Source open(TransferFormat kind, Target target) {
        Geometry geometry = target.geometry();
        BiFunction<Picture, String, Pattern> patterns =
                (picture, name) -> levels.pattern(picture, name, target.hasMasks());
        return switch (kind) {
            case DIRECTORY -> new ImageFolder(source(), recursive, patterns, geometry, notes);
            case ZIP -> new ImageArchive(source(), charset, recursive, patterns, geometry, notes);
            case CSV -> table(',', geometry);
            case TSV -> table('\t', geometry);
            case NPY ->
                new NpySource(
                        name(),
                        isPacked() ? NpzArchive.open(source(), array, geometry) : channel(),
                        isPacked() ? ProgressLine.UNKNOWN : bytes(),
                        keys == null ? null : readKeys(),
                        new NpyPixels.Options(white, levels.isGrey()),
                        geometry);
            case STORE -> new StoreSource(source(), geometry);
        };
    }

    private Source table(char usual, Geometry geometry) {
        TableOptions options = TableOptions.of(charset, separator, columns);
        return new TableSource(name(), stream(), bytes(), usual, options, symbolOptions, geometry, console()::note);
    }

    private boolean isPacked() {
        return !StandardStream.isMeant(source()) && TransferFormat.isPacked(source());
    }

    private String name() {
        return StandardStream.isMeant(source()) ? "standard input" : source().toString();
    }

    private InputStream stream() {
        return StandardStream.isMeant(source()) ? System.in : Channels.newInputStream(channel());
    }

    private ReadableByteChannel channel() {
        try {
            return StandardStream.isMeant(source()) ? Channels.newChannel(System.in) : Files.newByteChannel(source());
        } catch (IOException e) {
            throw Transfers.cannotRead(name(), e);
        }
    }

    private long bytes() {
        try {
            boolean known = !StandardStream.isMeant(source()) && Files.isRegularFile(source());
            return known ? Files.size(source()) : ProgressLine.UNKNOWN;
        } catch (IOException e) {
            throw Transfers.cannotRead(name(), e);
        }
    }

    private List<String> readKeys() {
        List<String> read = new ArrayList<>();
        try (TableReader table = TableGuess.reader(keys.toString(), Files.newInputStream(keys), '\t')) {
            for (TableReader.Row row = table.next(); row != null; row = table.next()) {
                if (!row.fault().isEmpty() || row.fields().size() != 1) {
                    throw Failure.cannotOpen("%s: line %d: %s"
                            .formatted(
                                    keys,
                                    row.line(),
                                    row.fault().isEmpty() ? "expected one key, found a tab; quote it" : row.fault()));
                }
                read.add(row.fields().get(0));
            }
        } catch (IOException e) {
            throw Transfers.cannotRead(keys.toString(), e);
        }
        return read;
    }

    private void report(Importer.Counts counts, long live, double seconds) {
        if (counts.done() == 0) {
            throw Transfers.nothingIn(name(), "patterns");
        }
        StringBuilder line = new StringBuilder("imported " + Text.count(counts.stored(), "pattern"));
        if (counts.replaced() > 0) {
            line.append(" (%s replaced)".formatted(Text.count(counts.replaced())));
        }
        if (counts.passedOver() > 0) {
            line.append(", %s there already".formatted(Text.count(counts.passedOver())));
        }
        if (counts.skipped() > 0) {
            line.append(", %s skipped".formatted(Text.count(counts.skipped())));
        }
        line.append("; the %s holds ".formatted(into())).append(Text.count(live, "pattern"));
        record Rest(long neurons, double seconds, double rate) {}
        answer(Json.joined(counts, new Rest(live, seconds, counts.done() / seconds)), line.toString());
    }
}
