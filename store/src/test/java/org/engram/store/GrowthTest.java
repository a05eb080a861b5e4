package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.Patterns;
import org.engram.store.internal.format.LittleEndian;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that grows while it is read, in a JVM whose mappings end where their files ended. */
class GrowthTest {

    private static final Geometry G = new Geometry(64, 8);
    private static final int CHANGES = 20_000;

    /** How a neuron is read that was stored just now. */
    enum Reading {
        KEYS,
        PREFIX,
        STRIPE
    }

    @ParameterizedTest
    @EnumSource
    void aNeuronThatWasStoredJustNowIsReadAsItIs(Reading reading, @TempDir Path temp) {
        Path store = temp.resolve("store");
        try (ChildJvm child =
                ChildJvm.start(Grower.class, List.of("-Dengram.mapping=jdk"), store.toString(), reading.name())) {
            child.expect("jdk");
            child.expect("wrong: []");
            assertEquals(0, child.exitCode(), child::err);
        }
    }

    /** Puts one pattern under one key again and again, while it recalls or reads it. */
    static final class Grower {

        private static final Pattern PATTERN = Patterns.random(G, 1);
        private static final List<Cue> CUES = List.of(Cue.bipolar(PATTERN), Cue.bipolar(Patterns.random(G, 2)));

        private Grower() {}

        public static void main(String[] args) throws InterruptedException {
            System.out.println(PatternStore.mapping());
            StoreOptions options = StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.PACKED);
            try (PatternStore store = PatternStore.create(Path.of(args[0]), options)) {
                for (int i = 0; i < 50; i++) {
                    store.memorize("other " + i, Patterns.random(G, -i));
                }
                store.put("k", PATTERN);
                Thread writer = Thread.ofPlatform().daemon().start(() -> {
                    for (int i = 0; i < CHANGES; i++) {
                        store.put("k", PATTERN);
                    }
                });
                List<String> wrong = new ArrayList<>();
                while (writer.isAlive() && wrong.isEmpty()) {
                    read(store, Reading.valueOf(args[1]), wrong);
                }
                System.out.println("wrong: " + wrong);
                writer.join();
            }
        }

        private static void read(PatternStore store, Reading reading, List<String> wrong) {
            try {
                switch (reading) {
                    case KEYS -> recall(store, RecallOptions.DEFAULT.amongKeys(List.of("k")), wrong);
                    case PREFIX -> recall(store, RecallOptions.DEFAULT.amongKeysStartingWith("k"), wrong);
                    case STRIPE -> readNext(store, wrong);
                }
            } catch (EngramException | IndexOutOfBoundsException e) {
                wrong.add(e.toString());
            }
        }

        private static void recall(PatternStore store, RecallOptions among, List<String> wrong) {
            for (RecallOptions options : List.of(among, among.withinDeficit(0))) {
                for (Recall recall : List.of(
                        store.recall(CUES.get(0), options),
                        store.recallAll(CUES, options).get(0),
                        store.recallBestOf(CUES, options).recall())) {
                    if (!recall.key().equals("k") || recall.winner().deficit() != 0) {
                        wrong.add(recall.toString());
                    }
                }
            }
        }

        /** The neuron that is not there yet, as soon as it is. */
        private static void readNext(PatternStore store, List<String> wrong) {
            int next = store.sizeWithRetired();
            for (int tries = 0; tries < 10_000; tries++) {
                try {
                    MemorySegment stripe = store.network().wStripe(next);
                    for (int j = 0; j < G.pixels(); j++) {
                        if (stripe.getAtIndex(LittleEndian.FLOAT, j) != PATTERN.value(j % 64, j / 64)) {
                            wrong.add("pixel %d of neuron %d".formatted(j, next));
                            return;
                        }
                    }
                    return;
                } catch (EngramException.UnknownNeuron e) {
                    // not yet, or another has taken its place
                }
            }
        }
    }
}
