package org.engram.example;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.engram.store.EngramException;
import org.engram.store.Neuron;
import org.engram.store.PatternStore;

/** Sends an auditor what another process stores, in order: a line of number, time and key, then the floats as they lie in the file. */
final class AuditStream implements AutoCloseable {

    private PatternStore reader;
    private int next;

    AuditStream(Path store) {
        reader = PatternStore.openReadOnly(store);
    }

    /** Sends what lives under such keys and is new, after a wait for a change; all again when a compaction gave new numbers. */
    void send(String keyPrefix, WritableByteChannel to, Duration patience) throws IOException, InterruptedException {
        try {
            reader.awaitChange(patience);
        } catch (EngramException.Superseded e) {
            reader.close();
            reader = PatternStore.openReadOnly(reader.directory());
            next = 0;
        }
        for (int end = reader.sizeWithRetired(); next < end; next++) {
            Neuron neuron = reader.neuron(next);
            if (!neuron.retired() && neuron.key().startsWith(keyPrefix)) {
                String line = next + " " + neuron.memorized() + " " + neuron.key() + "\n";
                write(StandardCharsets.UTF_8.encode(line), to);
                write(reader.network().wStripe(next).asByteBuffer(), to);
            }
        }
    }

    private static void write(ByteBuffer bytes, WritableByteChannel to) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
