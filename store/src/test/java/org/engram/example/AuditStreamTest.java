package org.engram.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.engram.store.Layout;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreCare;
import org.engram.store.StoreOptions;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example for an audit. */
class AuditStreamTest {

    private static final StoreOptions OPTIONS =
            StoreOptions.DEFAULT.withGeometry(Patterns.SMALL).withLayout(Layout.TIED);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private static Pattern pattern(long seed) {
        return Patterns.random(Patterns.SMALL, seed);
    }

    private void send(AuditStream audit, Duration patience) throws Exception {
        audit.send("paid/", Channels.newChannel(sent), patience);
    }

    /** The numbers and keys that were sent since the last look, whose floats must be those of the store. */
    private List<String> looked(PatternStore store) {
        ByteBuffer bytes = ByteBuffer.wrap(sent.toByteArray());
        sent.reset();
        List<String> lines = new ArrayList<>();
        while (bytes.hasRemaining()) {
            StringBuilder line = new StringBuilder();
            for (byte one = bytes.get(); one != '\n'; one = bytes.get()) {
                line.append((char) one);
            }
            String[] words = line.toString().split(" ", 3);
            int neuron = Integer.parseInt(words[0]);
            assertEquals(store.neuron(neuron).memorized().toString(), words[1]);
            byte[] floats =
                    new byte[Math.toIntExact(store.network().wStripe(neuron).byteSize())];
            bytes.get(floats);
            float[] values = new float[Patterns.SMALL.pixels()];
            ByteBuffer.wrap(floats)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            assertEquals(store.pattern(neuron), Pattern.of(Patterns.SMALL, values));
            lines.add(words[0] + " " + words[2]);
        }
        return lines;
    }

    @Test
    void anAuditorGetsEveryLivePatternOnceAsItIsStored(@TempDir Path temp) throws Exception {
        try (PatternStore store = PatternStore.create(temp.resolve("store"), OPTIONS)) {
            store.memorize("paid/a", pattern(1));
            store.memorize("open/b", pattern(2));
            store.memorize("paid/gone", pattern(3));
            store.forget("paid/gone");
            try (AuditStream audit = new AuditStream(store.directory())) {
                send(audit, SHORT);
                assertEquals(List.of("0 paid/a"), looked(store));
                send(audit, SHORT);
                assertEquals(List.of(), looked(store));
                store.memorize("paid/c", pattern(4));
                store.put("paid/a", pattern(5));
                send(audit, LONG);
                assertEquals(List.of("3 paid/c", "4 paid/a"), looked(store));
            }
        }
        assertEquals("", sent.toString(StandardCharsets.UTF_8));
    }

    @Test
    void afterACompactionAnAuditorGetsAllThatLiveByTheirNewNumbers(@TempDir Path temp) throws Exception {
        Path dir = temp.resolve("store");
        try (PatternStore store = PatternStore.create(dir, OPTIONS)) {
            store.memorize("paid/gone", pattern(1));
            store.memorize("paid/a", pattern(2));
        }
        try (AuditStream audit = new AuditStream(dir)) {
            send(audit, SHORT);
            try (PatternStore store = PatternStore.open(dir)) {
                assertEquals(List.of("0 paid/gone", "1 paid/a"), looked(store));
                store.forget("paid/gone");
            }
            StoreCare.compact(dir, temp.resolve("small"), (done, total) -> {});
            Files.move(dir, temp.resolve("old"));
            Files.move(temp.resolve("small"), dir);
            send(audit, LONG);
            try (PatternStore store = PatternStore.openReadOnly(dir)) {
                assertEquals(List.of("0 paid/a"), looked(store));
            }
        }
    }
}
