package org.engram.example;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.engram.store.Neuron;
import org.engram.store.PatternStore;

/** Sends an auditor what another process stores, in order: a line of number, time and key, then the bits. */
final class AuditStream implements AutoCloseable {

    private final PatternStore reader;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment bits;
    private int next;

    AuditStream(Path store) {
        reader = PatternStore.openReadOnly(store);
        bits = arena.allocate(Math.ceilDiv(reader.geometry().pixels(), Byte.SIZE));
    }

    /** Sends what lives under such keys and was not looked at before, after a wait for a change. */
    void send(String keyPrefix, WritableByteChannel to, Duration patience) throws IOException, InterruptedException {
        reader.awaitChange(patience);
        int from = next;
        next = reader.sizeWithRetired();
        Stream<Neuron> news = reader.stream(keyPrefix).filter(neuron -> neuron.neuron() >= from);
        for (Neuron neuron : (Iterable<Neuron>) news::iterator) {
            String line = neuron.neuron() + " " + neuron.memorized() + " " + neuron.key() + "\n";
            reader.pattern(neuron.neuron()).toBits(bits);
            for (ByteBuffer part : List.of(StandardCharsets.UTF_8.encode(line), bits.asByteBuffer())) {
                while (part.hasRemaining()) {
                    to.write(part);
                }
            }
        }
    }

    @Override
    public void close() {
        reader.close();
        arena.close();
    }
}
