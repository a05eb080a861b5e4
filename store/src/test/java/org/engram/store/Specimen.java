package org.engram.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A store to damage, of which everything is known: its files as a process leaves them that dies, some changes behind the
 * last SYNC; what was stored; and which neurons live after every record of its journal. The same bytes every time.
 *
 * @param files by name
 * @param patterns of all neurons, retired ones included
 * @param states what the store shows after so many records, from none to all
 * @param derived of how many neurons the bits have no checksum but that in the header
 */
record Specimen(
        String name,
        Geometry geometry,
        Map<String, byte[]> files,
        List<Pattern> patterns,
        List<State> states,
        int derived) {

    /**
     * After a record.
     *
     * @param end where the record ends in the journal
     * @param neurons so far, retired ones included
     * @param live neurons and their keys
     * @param criteria when an answer counts as recognised
     */
    record State(int end, boolean isSync, int neurons, Map<Integer, String> live, Criteria criteria) {
        State(int end, boolean isSync, int neurons, Map<Integer, String> live) {
            this(end, isSync, neurons, live, Criteria.DEFAULT);
        }
    }

    private static final State NOTHING = new State(0, false, 0, Map.of());
    private static final Geometry TINY = new Geometry(5, 3);
    /** As many bytes of floats as bits have room for in one block. */
    private static final Geometry ONE_BLOCK = new Geometry(16, 16);
    /** The bits have planes. */
    private static final Geometry BLOCKS = new Geometry(23, 23);

    private static final int UUID_START = 48;
    private static final int UUID_END = 64;

    /** One of every layout and version, and a few shapes; the first has more than 32 records. */
    static List<Specimen> all() {
        return ALL;
    }

    private static List<Specimen> make() {
        List<Specimen> all = new ArrayList<>();
        all.add(of(Layout.FULL, TINY, 36));
        all.add(of(Layout.TIED, ONE_BLOCK, 12));
        all.add(of(Layout.PACKED, TINY, 12));
        all.add(of(Layout.FULL, BLOCKS, 12));
        all.add(of(Layout.TIED, BLOCKS, 12));
        all.add(of(Layout.PACKED, BLOCKS, 12));
        all.add(ofFormatOneDotZero());
        all.add(rebuilt());
        return List.copyOf(all);
    }

    /** Whether headers and records of one are those of the other, as before and after a rebuild. */
    boolean isSameStore(Specimen other) {
        return Arrays.equals(header(), UUID_START, UUID_END, other.header(), UUID_START, UUID_END);
    }

    /** The parts that it has files for. */
    List<Part> parts() {
        return Arrays.stream(Part.values())
                .filter(part -> files.containsKey(part.fileName))
                .toList();
    }

    byte[] header() {
        return files.get(StoreDirectory.HEADER);
    }

    byte[] journal() {
        return files.get(StoreDirectory.JOURNAL);
    }

    /** What it shows with nothing lost. */
    State last() {
        return states.get(states.size() - 1);
    }

    /** A third of the records, two thirds of them, vouched for by a SYNC; the others by none. */
    private static Specimen of(Layout layout, Geometry geometry, int records) {
        StoreOptions options = StoreOptions.DEFAULT
                .withLayout(layout)
                .withGeometry(geometry)
                .withIdentity(new UUID(List.of(Layout.values()).indexOf(layout), geometry.pixels()), FormatTest.CLOCK);
        ChangeScript script = new ChangeScript(geometry, records, layout != Layout.PACKED);
        List<State> states = new ArrayList<>(List.of(NOTHING));
        return built(dir -> {
            try (PatternStore store = PatternStore.create(dir, options)) {
                while (states.size() <= records) {
                    boolean sync = states.size() % (records / 3) == 0 && states.size() < records;
                    if (sync) {
                        store.sync();
                    } else if (script.nextVerb() == ChangeScript.Verb.SYNC) {
                        script.advanceTo(script.step() + 1);
                        continue;
                    } else {
                        script.perform(store);
                    }
                    int end = Math.toIntExact(Files.size(dir.resolve(StoreDirectory.JOURNAL)));
                    states.add(new State(end, sync, script.neurons(), new TreeMap<>(script.live()), script.criteria()));
                }
                List<Pattern> patterns = IntStream.range(0, script.neurons())
                        .mapToObj(script::pattern)
                        .toList();
                return of("%s %s".formatted(layout, geometry), geometry, dir, patterns, states, 0);
            }
        });
    }

    private static final List<State> OF_1_0 = List.of(
            new State(0, false, 1, Map.of(0, "a")),
            new State(0, false, 2, Map.of(0, "a", 1, "b")),
            new State(0, false, 3, Map.of(0, "a", 1, "b", 2, "c")),
            new State(0, false, 4, Map.of(0, "a", 1, "b", 2, "c", 3, "ギ")),
            new State(0, true, 4, Map.of(0, "a", 1, "b", 2, "c", 3, "ギ")),
            new State(0, false, 4, Map.of(1, "b", 2, "c", 3, "ギ")),
            new State(0, false, 5, Map.of(2, "c", 3, "ギ", 4, "b")),
            new State(0, false, 6, Map.of(2, "c", 3, "ギ", 4, "b", 5, "soft")),
            new State(0, true, 6, Map.of(2, "c", 3, "ギ", 4, "b", 5, "soft")));

    private static Specimen ofFormatOneDotZero() {
        return built(dir -> {
            FormatTest.thaw("1.0", dir);
            return of("1.0", FormatTest.OF_1_0, dir, patternsOf10(), withEnds(OF_1_0, dir), 0);
        });
    }

    private static final List<Specimen> ALL = make();

    /** The same, rebuilt to format 1.1, and with two neurons more, for which no SYNC vouches. */
    private static Specimen rebuilt() {
        return built(dir -> {
            FormatTest.thaw("1.0", dir);
            StoreCare.rebuild(dir, (done, total) -> {});
            List<Pattern> patterns = new ArrayList<>(patternsOf10());
            patterns.add(Patterns.random(FormatTest.OF_1_0, 6));
            patterns.add(Patterns.realValued(FormatTest.OF_1_0, 7));
            Opening.Access access = Opening.Access.writer(Durability.PROCESS_SAFE, FormatTest.CLOCK);
            try (PatternStore store = new PatternStore(Opening.open(dir, access))) {
                store.memorize("new", patterns.get(6));
                store.replace("c", patterns.get(7));
                List<State> states = new ArrayList<>(OF_1_0);
                states.add(new State(0, false, 7, Map.of(2, "c", 3, "ギ", 4, "b", 5, "soft", 6, "new")));
                states.add(new State(0, false, 8, Map.of(3, "ギ", 4, "b", 5, "soft", 6, "new", 7, "c")));
                return of("1.0 rebuilt", FormatTest.OF_1_0, dir, patterns, withEnds(states, dir), 6);
            }
        });
    }

    private static List<Pattern> patternsOf10() {
        List<Pattern> patterns = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            patterns.add(Patterns.random(FormatTest.OF_1_0, i));
        }
        patterns.add(Patterns.realValued(FormatTest.OF_1_0, 5));
        return List.copyOf(patterns);
    }

    /** With the places where the records end, as their lengths tell. */
    private static List<State> withEnds(List<State> states, Path dir) throws IOException {
        ByteBuffer journal = ByteBuffer.wrap(Files.readAllBytes(dir.resolve(StoreDirectory.JOURNAL)))
                .order(ByteOrder.LITTLE_ENDIAN);
        List<State> all = new ArrayList<>(List.of(NOTHING));
        int end = 0;
        for (State state : states) {
            end += journal.getInt(end);
            all.add(new State(end, state.isSync, state.neurons, state.live));
        }
        if (end != journal.capacity()) {
            throw new AssertionError("journal ends at " + journal.capacity() + ", its records at " + end);
        }
        return all;
    }

    private interface Recipe {
        Specimen in(Path dir) throws IOException;
    }

    private static Specimen built(Recipe recipe) {
        try {
            Path temp = Files.createTempDirectory("engram-specimen");
            Path dir = temp.resolve("store");
            try {
                return recipe.in(dir);
            } finally {
                for (String file : StoreBytes.of(dir).keySet()) {
                    Files.delete(dir.resolve(file));
                }
                Files.delete(dir);
                Files.delete(temp);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Specimen of(
            String name, Geometry geometry, Path dir, List<Pattern> patterns, List<State> states, int derived)
            throws IOException {
        Map<String, byte[]> files = StoreBytes.of(dir);
        files.remove(StoreDirectory.LOCK);
        return new Specimen(name, geometry, files, List.copyOf(patterns), List.copyOf(states), derived);
    }

    @Override
    public String toString() {
        return name;
    }
}
