package org.engram.tools.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.engram.store.Geometry;
import org.engram.store.Neuron;
import org.engram.store.Pattern;
import org.engram.tools.console.Csv;
import org.engram.tools.console.Interruption;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.image.PatternImage;
import org.engram.tools.image.Png;
import org.engram.tools.qr.QrCodec;
import org.engram.tools.qr.QrText;

/** Writes neurons in a form, in their order, and counts the patterns that the form could not hold. */
final class Exporter {

    private static final String PNG = ".png";

    private record Made<R>(Neuron neuron, R content) {}

    /** The text of a symbol, null when there is none, and whether import would draw the same symbol. */
    private record Symbol(QrText read, boolean same) {}

    @FunctionalInterface
    private interface Sink<R> {
        void accept(Neuron neuron, R content) throws IOException;
    }

    private final Shelf store;
    private final List<Neuron> neurons;
    private final Interruption interruption;
    private final ProgressLine progress;
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> uncertain = new ArrayList<>();
    private int written;
    private int redrawn;

    Exporter(Shelf store, List<Neuron> neurons, Interruption interruption, ProgressLine progress) {
        this.store = store;
        this.neurons = neurons;
        this.interruption = interruption;
        this.progress = progress;
    }

    private <R> void forEach(Function<Pattern, R> work, Sink<R> sink) throws IOException {
        Iterator<Neuron> rest = neurons.iterator();
        InOrder<Neuron, Made<R>> order = new InOrder<>(
                store.geometry().pixels(),
                () -> rest.hasNext() ? rest.next() : null,
                neuron -> new Made<>(neuron, work.apply(store.pattern(neuron))));
        try {
            order.run(interruption::check, made -> {
                try {
                    sink.accept(made.neuron(), made.content());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                progress.at(++written);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void writeIndex(OutputStream out, FileNames names) throws IOException {
        writeRow(out, '\t', KeyIndexFile.COLUMNS);
        for (Neuron neuron : neurons) {
            writeRow(out, '\t', List.of(names.of(neuron), neuron.key()));
        }
    }

    /** Writes a row as {@link TableReader} reads it. */
    static void writeRow(OutputStream out, char separator, List<?> fields) throws IOException {
        out.write((Csv.line(fields, separator) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] png(Pattern pattern) {
        return Png.bytes(PatternImage.of(pattern));
    }

    void toDirectory(Path directory) throws IOException {
        FileNames names = new FileNames(neurons, PNG);
        forEach(
                Exporter::png,
                (neuron, png) -> Files.write(directory.resolve(names.of(neuron)), png, StandardOpenOption.CREATE_NEW));
        try (OutputStream out =
                Files.newOutputStream(directory.resolve(KeyIndexFile.NAME), StandardOpenOption.CREATE_NEW)) {
            writeIndex(out, names);
        }
    }

    /** Writes the same as a zip file. The index comes first. */
    void toZip(OutputStream out) throws IOException {
        FileNames names = new FileNames(neurons, PNG);
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.putNextEntry(new ZipEntry(KeyIndexFile.NAME));
        writeIndex(zip, names);
        forEach(Exporter::png, (neuron, png) -> {
            zip.putNextEntry(new ZipEntry(names.of(neuron)));
            zip.write(png);
        });
        zip.finish();
    }

    /** Writes an array N x height x width: of bool if all patterns are black and white, otherwise of float32. */
    void toNpy(OutputStream out) throws IOException {
        Geometry geometry = store.geometry();
        NpyType type = realValued() == 0 ? NpyType.BOOL : NpyType.FLOAT32;
        List<Long> shape = List.of((long) neurons.size(), (long) geometry.height(), (long) geometry.width());
        out.write(new NpyHeader(type, shape).bytes());
        forEach(pattern -> elements(type, pattern.values()), (neuron, elements) -> out.write(elements));
    }

    private static byte[] elements(NpyType type, float[] values) {
        byte[] bytes = new byte[values.length * type.bytes()];
        ByteBuffer elements = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            if (type.equals(NpyType.BOOL)) {
                elements.put((byte) value);
            } else {
                elements.putFloat(value);
            }
        }
        return bytes;
    }

    void keysTo(OutputStream out) throws IOException {
        for (Neuron neuron : neurons) {
            writeRow(out, '\t', List.of(neuron.key()));
        }
    }

    /**
     * Writes keys and the texts of QR symbols, harmless to a spreadsheet or as they are. It leaves out patterns without
     * a symbol, and texts whose charset would be a guess. The charset, if given, is for symbols that name none.
     */
    void toTable(OutputStream out, char separator, boolean harmless, Charset charset) throws IOException {
        writeRow(out, separator, List.of(TableColumns.KEY, TableColumns.TEXT));
        forEach(pattern -> symbol(pattern, charset), (neuron, symbol) -> {
            if (symbol.read() == null) {
                leftOut.add(neuron.key());
            } else if (!symbol.read().isCertain()) {
                uncertain.add(neuron.key());
            } else {
                List<String> row = List.of(neuron.key(), symbol.read().text());
                writeRow(
                        out,
                        separator,
                        harmless ? row.stream().map(Csv::harmless).toList() : row);
                redrawn += symbol.same() ? 0 : 1;
            }
        });
    }

    private static Symbol symbol(Pattern pattern, Charset charset) {
        return QrCodec.read(pattern, charset)
                .filter(read -> read.bytes().length > 0)
                .map(read -> new Symbol(read, read.isCertain() && isDrawnSo(read.text(), pattern)))
                .orElse(new Symbol(null, false));
    }

    private static boolean isDrawnSo(String text, Pattern pattern) {
        try {
            return QrCodec.encode(text, pattern.geometry()).equals(pattern);
        } catch (IllegalArgumentException doesNotFit) {
            return false;
        }
    }

    long realValued() {
        return neurons.stream().filter(neuron -> !neuron.twoValued()).count();
    }

    /** The keys of patterns that the form could not hold. */
    List<String> leftOut() {
        return leftOut;
    }

    /** The keys of symbols whose texts would be a guess. */
    List<String> uncertain() {
        return uncertain;
    }

    /** How many texts would become another pattern than the one they came from. */
    int redrawn() {
        return redrawn;
    }
}
