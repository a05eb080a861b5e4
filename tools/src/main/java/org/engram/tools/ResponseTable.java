package org.engram.tools;

import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.engram.store.Cue;
import org.engram.store.Neuron;
import org.engram.store.PatternStore;

/** Writes the responses of all live neurons as CSV: {@code neuron,key,q}, q being q / R. */
final class ResponseTable {

    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");

    private ResponseTable() {}

    static void write(Path path, PatternStore store, Cue cue) {
        float[] responses = store.responses(cue);
        double pixels = store.geometry().pixels();
        NewFile.write(path, out -> {
            Writer csv = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            csv.write("neuron,key,q\n");
            for (Neuron neuron : store.neurons()) {
                int i = neuron.neuron();
                csv.write(i + "," + field(neuron.key()) + "," + responses[i] / pixels + "\n");
            }
            csv.flush();
        });
    }

    /** A field as RFC 4180 wants it. */
    static String field(String text) {
        return NEEDS_QUOTES.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
