package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.KillOracle;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Quiet;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A writer that loses its lock in the middle of its work, and another that is let in: never are both told success. */
@ExtendWith(Quiet.class)
class LostLockTest {

    private static final Geometry G = new Geometry(24, 24);
    private static final List<String> FLAGS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m");
    private static final int ENOUGH = 20_000;
    private static final int LANES = 4;

    @TempDir
    Path temp;

    /** How the lock is lost. */
    enum Loss {
        READ_BY_THE_HOST,
        DELETED,
        REPLACED;

        void happen(Path lock) throws IOException {
            switch (this) {
                case READ_BY_THE_HOST -> {
                    // the writer does it to itself
                }
                case DELETED -> Files.delete(lock);
                case REPLACED ->
                    Files.move(
                            Files.createFile(lock.resolveSibling("other")), lock, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Appends to each store that it is told of until it is refused, and says what was acknowledged. */
    public static final class First {

        private First() {}

        public static void main(String[] args) throws IOException {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Path dir = Path.of(line);
                boolean reads = in.readLine().equals(Loss.READ_BY_THE_HOST.name());
                String end = "never refused";
                PatternStore store = PatternStore.open(dir);
                try {
                    for (int i = 0; i < ENOUGH; i++) {
                        store.memorize("a" + i, Patterns.random(G, i));
                        System.out.println("a" + i);
                        if (reads && i == 5) {
                            Files.readAllBytes(dir.resolve(StoreDirectory.LOCK));
                        }
                    }
                } catch (EngramException e) {
                    end = e.getClass().getSimpleName();
                } finally {
                    store.close();
                }
                System.out.println("end " + end);
            }
        }
    }

    @Test
    void ofTwoWritersOnlyOneIsToldSuccess() throws Exception {
        // Each race waits 0.2 seconds for the writer that lost its lock.
        KillOracle.sideBySide(LANES, this::races);
    }

    /** It appends while the bits are made, and until it meets the new files. */
    @ParameterizedTest
    @EnumSource(Loss.class)
    void whatAWriterWithoutItsLockAppendsDuringARebuildIsKept(Loss loss) throws Exception {
        try (ChildJvm first = ChildJvm.start(First.class, FLAGS)) {
            for (Layout layout : List.of(Layout.FULL, Layout.TIED)) {
                Path dir = temp.resolve("store " + layout);
                PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(G).withLayout(layout))
                        .close();
                List<String> acknowledged = lead(first, dir, loss, 50);
                int rebuilt = StoreCare.rebuild(dir, (done, total) -> {});
                rest(first, acknowledged, "end Superseded");
                assertEquals(acknowledged.size(), rebuilt);
                requireAll(dir, acknowledged);
            }
        }
    }

    private void races(int lane) throws Exception {
        Layout[] layouts = Layout.values();
        try (ChildJvm first = ChildJvm.start(First.class, FLAGS)) {
            for (int race = lane; race < Campaign.LOST_LOCKS; race += LANES) {
                Loss loss = Loss.values()[race % 3];
                Path dir = temp.resolve("store " + race);
                PatternStore.create(
                                dir,
                                StoreOptions.DEFAULT.withGeometry(G).withLayout(layouts[race / 3 % layouts.length]))
                        .close();
                race(first, dir, loss, 7 + race % 50);
            }
        }
    }

    private static void race(ChildJvm first, Path dir, Loss loss, int lead) throws Exception {
        List<String> acknowledged = lead(first, dir, loss, lead);
        PatternStore second = PatternStore.open(dir);
        try {
            for (int i = 0; i < 5; i++) {
                second.memorize("b" + i, Patterns.random(G, -i));
                acknowledged.add("b" + i);
            }
        } finally {
            second.close();
        }
        rest(first, acknowledged, "end Locked");
        assertTrue(acknowledged.contains("b4"));
        requireAll(dir, acknowledged);
        StoreBytes.delete(dir);
    }

    /** Has the first begin, and lose its lock. */
    private static List<String> lead(ChildJvm first, Path dir, Loss loss, int lead) throws Exception {
        List<String> acknowledged = new ArrayList<>();
        first.tell(dir.toString());
        first.tell(loss.name());
        while (acknowledged.size() < lead) {
            acknowledged.add(first.line());
        }
        loss.happen(dir.resolve(StoreDirectory.LOCK));
        return acknowledged;
    }

    private static void rest(ChildJvm first, List<String> acknowledged, String end) throws Exception {
        String line = first.line();
        for (; !line.startsWith("end "); line = first.line()) {
            acknowledged.add(line);
        }
        assertEquals(end, line);
    }

    private static void requireAll(Path dir, List<String> acknowledged) {
        assertEquals(List.of(), StoreCare.verify(dir, (done, total) -> {}).problems());
        try (PatternStore store = PatternStore.open(dir)) {
            for (String key : acknowledged) {
                int seed = Integer.parseInt(key.substring(1)) * (key.startsWith("a") ? 1 : -1);
                assertEquals(Patterns.random(G, seed), store.pattern(key), key);
            }
        }
    }
}
