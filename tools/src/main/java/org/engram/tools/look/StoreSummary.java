package org.engram.tools.look;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.engram.store.Geometry;
import org.engram.store.StoreReport;
import org.engram.store.Writer;
import org.engram.tools.console.Console;
import org.engram.tools.console.Text;

/** Sums up the inspection of a store, for all verbs that show it. */
public final class StoreSummary {

    private StoreSummary() {}

    /** The document of {@code engram info --json}. */
    public static Map<String, Object> json(Path store, StoreReport report) {
        Geometry geometry = report.geometry();
        record Shape(int width, int height, int pixels) {}
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("store", store);
        document.put("format", report.format());
        document.put("layout", report.layout());
        document.put("uuid", report.uuid());
        document.put("created", report.created());
        document.put("geometry", new Shape(geometry.width(), geometry.height(), geometry.pixels()));
        document.put("masks", report.masks());
        document.put("rule", report.rule());
        document.put("criteria", report.criteria());
        document.putAll(counts(report));
        document.put("index", report.index());
        document.put("notes", report.notes());
        document.put("problems", report.problems());
        return document;
    }

    /** The fields that count neurons and bytes and name the writer, to be added to. */
    public static Map<String, Object> counts(StoreReport report) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("neurons", report.neurons().size());
        counts.put("live", report.live());
        counts.put("retired", report.retired());
        counts.put("bytes", report.bytes());
        counts.put("bytesPerNeuron", report.bytesPerNeuron());
        counts.put("files", report.files());
        counts.put("writer", report.writer());
        return counts;
    }

    /** How many neurons there are, in one line without its label. */
    public static String neurons(StoreReport report) {
        return "%s live, %s retired".formatted(Text.count(report.live()), Text.count(report.retired()));
    }

    /** The state of the index, in one line without its label. */
    public static String index(StoreReport.Index index) {
        return switch (index) {
            case ABSENT -> "none";
            case VALID -> "valid";
            case STALE -> "stale, the journal is read whole";
            case DAMAGED -> "damaged, the journal is read instead";
        };
    }

    /** The process that writes, in one line without its label. */
    public static String writer(Optional<Writer> writer) {
        return writer.map(Writer::toString).orElse("none");
    }

    /** Prints the size in all behind a label, and the size of each file below. */
    public static void printSizes(StoreReport report, String label, Console console) {
        console.line(label
                + "%s, %s for each neuron".formatted(Text.bytes(report.bytes()), Text.bytes(report.bytesPerNeuron())));
        int longest = report.files().stream()
                .mapToInt(file -> file.name().length())
                .max()
                .orElse(1);
        for (StoreReport.FileSize file : report.files()) {
            String padding = " ".repeat(longest - file.name().length());
            console.line("  %s%s  %s".formatted(file.name(), padding, Text.bytes(file.bytes())));
        }
    }
}
