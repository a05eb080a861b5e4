package org.engram.tools.ask;

import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.engram.store.Cue;
import org.engram.store.Neuron;
import org.engram.store.PatternStore;
import org.engram.tools.console.Csv;
import org.engram.tools.console.NewFile;

/** Writes the responses of all live neurons as CSV: {@code neuron,key,q}, q being q / R. */
final class ResponseTable {

    private ResponseTable() {}

    static void write(Path path, PatternStore store, Cue cue) {
        float[] responses = store.network().responses(cue);
        double pixels = store.geometry().pixels();
        NewFile.write(path, out -> {
            Writer csv = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            csv.write("neuron,key,q\n");
            for (Neuron neuron : store.neurons()) {
                int i = neuron.neuron();
                csv.write(Csv.line(List.of(i, neuron.key(), responses[i] / pixels)) + "\n");
            }
            csv.flush();
        });
    }
}
