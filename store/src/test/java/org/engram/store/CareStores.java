package org.engram.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Stores of every kind for the verbs that care for data, and forged records with valid checksums. */
final class CareStores {

    /** 551 pixels in 2 blocks: a sketch and planes of 64 bytes each. */
    static final Geometry G = new Geometry(19, 29);

    /** Several steps and no factor of 1: w, v and bits all differ. */
    static final LearningRule RULE = new LearningRule(0.5f, 0.004f, 0.75f, 3);

    static final Progress SILENT = (done, total) -> {};

    /** Makes a store of another one. */
    interface Verb {
        void run(Path store, StoreDirectory target);
    }

    static final Map<String, Verb> VERBS = Map.of(
            "copy", (store, target) -> Copier.copy(store, target, SILENT),
            "compact", (store, target) -> Compactor.compact(store, target, null, SILENT),
            "salvage", (store, target) -> Salvager.salvage(store, target, SILENT));

    private CareStores() {}

    /** Five live neurons of eight: one forgotten, two replaced, and but for PACKED one real-valued. */
    static Path create(Path dir, Layout layout) {
        return create(dir, layout, G, RULE);
    }

    static Path create(Path dir, Layout layout, Geometry geometry, LearningRule rule) {
        StoreOptions options =
                StoreOptions.DEFAULT.withLayout(layout).withGeometry(geometry).withRule(rule);
        try (PatternStore store = PatternStore.create(dir, options)) {
            for (int i = 0; i < 4; i++) {
                store.memorize("k" + i, Patterns.random(geometry, i));
            }
            store.forget("k1");
            store.sync();
            store.replace("k2", Patterns.random(geometry, 4));
            store.memorize("soft", soft(layout, geometry, 5));
            store.replace("soft", soft(layout, geometry, 6));
            store.memorize("black", Patterns.all(geometry, 0));
        }
        return dir;
    }

    private static Pattern soft(Layout layout, Geometry geometry, long seed) {
        return layout == Layout.PACKED ? Patterns.random(geometry, seed) : Patterns.realValued(geometry, seed);
    }

    /** The frozen stores by name, and stores that were just made in every layout. */
    static List<Path> all(Path temp) throws IOException {
        List<Path> all = new ArrayList<>();
        for (String frozen :
                List.of("1.0", "1.1-full", "1.1-tied", "1.1-packed", "1.2-full", "1.2-tied", "1.2-packed")) {
            all.add(FormatTest.thaw(frozen, temp.resolve("frozen " + frozen)));
        }
        Path raised = FormatTest.thaw("1.0", temp.resolve("raised from 1.0"));
        StoreCare.rebuild(raised, SILENT);
        try (PatternStore store = PatternStore.open(raised)) {
            store.memorize("new", Patterns.random(store.geometry(), 9));
            store.memorize("new soft", Patterns.realValued(store.geometry(), 10));
        }
        all.add(raised);
        for (Layout layout : Layout.values()) {
            all.add(create(temp.resolve("new " + layout), layout));
            Path empty = temp.resolve("empty " + layout);
            PatternStore.create(empty, StoreOptions.DEFAULT.withLayout(layout)).close();
            all.add(empty);
            Path one = temp.resolve("one " + layout);
            Geometry pixel = new Geometry(1, 1);
            try (PatternStore store = PatternStore.create(
                    one, StoreOptions.DEFAULT.withLayout(layout).withGeometry(pixel))) {
                store.memorize("only", Pattern.of(pixel, 1));
            }
            all.add(one);
        }
        return all;
    }

    /** The live keys of a store and what they show. */
    static Map<String, Pattern> contents(Path dir) {
        Map<String, Pattern> contents = new TreeMap<>();
        try (PatternStore store = PatternStore.openReadOnly(dir)) {
            store.neurons().forEach(neuron -> contents.put(neuron.key(), store.pattern(neuron.neuron())));
        }
        return contents;
    }

    static List<String> weightProblems(Path dir) {
        return StoreCare.verify(dir, VerifyLevel.WEIGHTS, SILENT).problems();
    }

    /** The files of a store without its lock. */
    static Map<String, byte[]> files(Path dir) throws IOException {
        Map<String, byte[]> files = StoreBytes.of(dir);
        files.remove("lock");
        return files;
    }

    /** Puts the checksums of all parts of all neurons right, and those of their records: what a forger would do. */
    static void sign(Path dir) throws IOException {
        Header header = Header.read(dir);
        byte[] journal = Files.readAllBytes(dir.resolve("journal"));
        ByteBuffer buffer = ByteBuffer.wrap(journal).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < journal.length; at += buffer.getInt(at)) {
            if (journal[at + 8] == 1) {
                int neuron = buffer.getInt(at + 24);
                int word = 44;
                for (Part part : Part.values()) {
                    if (header.isChecked(part, neuron)) {
                        buffer.putInt(at + word, checksum(dir, part, neuron, header));
                    }
                    word += 4;
                }
            }
            signRecord(journal, at, header);
        }
        Files.write(dir.resolve("journal"), journal);
    }

    private static int checksum(Path dir, Part part, int neuron, Header header) throws IOException {
        int length = Math.toIntExact(part.stripeBytes(header.geometry()));
        CRC32C crc = new CRC32C();
        crc.update(Files.readAllBytes(dir.resolve(part.fileName)), neuron * length, length);
        return (int) crc.getValue();
    }

    private static void signRecord(byte[] journal, int at, Header header) {
        ByteBuffer record = ByteBuffer.wrap(journal).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer seed = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        seed.putLong(header.uuid().getMostSignificantBits())
                .putLong(header.uuid().getLeastSignificantBits())
                .putLong(at);
        CRC32C crc = new CRC32C();
        crc.update(seed.flip());
        crc.update(journal, at, 4);
        crc.update(journal, at + 8, record.getInt(at) - 8);
        record.putInt(at + 4, (int) crc.getValue());
    }
}
