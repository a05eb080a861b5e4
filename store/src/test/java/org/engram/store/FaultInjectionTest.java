package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.engram.store.fixture.ChangeScript;
import org.engram.store.fixture.DiskImage;
import org.engram.store.fixture.FailingMedium;
import org.engram.store.fixture.FailingMedium.Fault;
import org.engram.store.fixture.InterceptedMedium.Call;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Quiet;
import org.engram.store.fixture.RecordingMedium;
import org.engram.store.fixture.Sentences;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.fixture.StoreState;
import org.engram.store.internal.care.Inspector;
import org.engram.store.internal.care.Rebuilder;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.neurons.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call to the medium fails once, and from then on: the caller is told, nothing changes, and work goes on after it. */
@ExtendWith(Quiet.class)
class FaultInjectionTest {

    private static final Geometry G = new Geometry(5, 3);
    private static final Progress SILENT = (done, total) -> {};
    private static final Set<Call> CHANGES = EnumSet.range(Call.CREATE, Call.FORCE_DIRECTORY);

    private static final int TAIL = 5000;
    private static final boolean[] ONCE = {false};
    private static final boolean[] ONCE_AND_FOR_GOOD = {false, true};

    @TempDir
    Path temp;

    private Path dir;
    private RecordingMedium recorder;
    private FailingMedium medium;
    private Access access;
    private StoreState state;
    private PatternStore store;
    /** Whether what a failure leaves can be removed. */
    private boolean canRemove = true;

    private void begin(Durability durability) {
        dir = temp.resolve("store " + System.nanoTime());
        recorder = new RecordingMedium(temp, DiskImage.NOTHING);
        medium = new FailingMedium(recorder);
        access = Access.writer(durability, Clock.systemUTC())
                .withChunkBytes(1)
                .withoutWaiting()
                .on(medium);
        state = StoreState.EMPTY;
        store = null;
    }

    private StoreDirectory files() {
        return new StoreDirectory(dir, medium);
    }

    private void create(Layout layout) {
        Doors.create(
                files(),
                Doors.header(
                        StoreOptions.DEFAULT.withLayout(layout).withGeometry(G), UUID.randomUUID(), Clock.systemUTC()));
    }

    private void open() {
        store = Doors.open(dir, access);
    }

    private void memorize(String key, int pattern) {
        Pattern shown = Patterns.random(G, pattern);
        attempt(state.with(key, shown), () -> store.memorize(key, shown));
    }

    private void memorizeAll(int... patterns) {
        Map<String, Pattern> batch = new LinkedHashMap<>();
        for (int pattern : patterns) {
            batch.put("batch " + pattern, Patterns.random(G, pattern));
        }
        attempt(state.withAll(batch), () -> store.memorizeAll(batch.entrySet()));
    }

    /** A batch that could not be taken back is final; no other call that the medium refuses is, except a force. */
    private boolean isUsable() {
        try {
            store.forgetIfPresent("nobody");
            return true;
        } catch (EngramException.IoFailure e) {
            return false;
        }
    }

    /** Makes a call until it succeeds, which is at once or when the fault has struck and is gone. */
    private void attempt(StoreState next, Runnable call) {
        StoreState before = state;
        try {
            call.run();
            state = next;
            return;
        } catch (EngramException.IoFailure e) {
            assertStruck(e);
            if (canRemove) {
                assertNothingUnfinished();
            }
        }
        if (store != null) {
            assertShows(before);
            if (medium.failedFirst() == Call.FORCE || !isUsable()) {
                reopenAfterFailedForce(next);
            }
        }
        if (state.changes() == before.changes()) {
            call.run();
            state = next;
        }
    }

    private void assertStruck(EngramException.IoFailure e) {
        assertNotNull(medium.failedFirst(), e.getMessage());
        assertTrue(e.getMessage().startsWith("cannot "), e.getMessage());
        assertTrue(e.getMessage().endsWith(": " + FailingMedium.BROKEN), e.getMessage());
        medium.disarm();
    }

    private void assertShows(StoreState expected) {
        assertEquals(expected.live(), ChangeScript.liveIn(store));
        assertEquals(expected.criteria(), store.criteria());
        expected.live().forEach((neuron, key) -> {
            Pattern pattern = expected.neurons().get(neuron).pattern();
            assertEquals(pattern, store.pattern(key));
            assertEquals(neuron, store.recall(Cue.bipolar(pattern)).neuron());
        });
    }

    private void reopenAfterFailedForce(StoreState next) {
        EngramException e = assertThrows(EngramException.IoFailure.class, store::sync);
        assertTrue(
                e.getMessage().startsWith("store takes no more changes since an earlier one failed: cannot "),
                e.getMessage());
        store.close();
        store = Doors.open(dir, access);
        state = next.foundIn(store);
        assertTrue(next.changes() - state.changes() <= 1);
        assertShows(state);
    }

    private void judge() {
        StoreState next = state.judging();
        attempt(next, () -> store.setCriteria(next.criteria()));
    }

    private void close() {
        try {
            store.close();
        } catch (EngramException.IoFailure e) {
            assertStruck(e);
            open();
            assertShows(state);
            store.close();
        }
        store = null;
    }

    private Set<String> names() throws IOException {
        if (!Files.exists(dir)) {
            return Set.of();
        }
        Set<String> names = new TreeSet<>(StoreBytes.of(dir).keySet());
        names.remove(StoreDirectory.LOCK);
        return names;
    }

    /** A life of a store with a fault in it; false when it came to its end before the fault did. */
    private boolean live(Layout layout, Durability durability, Fault fault) throws IOException {
        begin(durability);
        canRemove = !fault.calls().contains(Call.DELETE);
        medium.arm(fault);
        try {
            create(layout);
        } catch (EngramException.IoFailure e) {
            assertStruck(e);
            if (canRemove) {
                assertEquals(Set.of(), names());
            } else {
                dir = temp.resolve("another " + System.nanoTime());
            }
            create(layout);
        }
        Set<String> whole = names();
        attempt(state, this::open);
        memorize("a", 1);
        memorize("b", 2);
        attempt(state, () -> store.sync());
        Pattern third = Patterns.random(G, 3);
        attempt(state.with("a", third), () -> store.replace("a", third));
        attempt(state.without("b"), () -> store.forget("b"));
        memorize("b", 4);
        memorizeAll(6, 7, 8);
        judge();
        judge();
        close();
        StoreBytes.append(dir.resolve(StoreDirectory.JOURNAL), new byte[100]);
        StoreBytes.append(dir.resolve(layout == Layout.PACKED ? "sketch.bits" : "w.stripes"), new byte[30]);
        attempt(state, this::open);
        attempt(state, () -> assertShows(state));
        memorize("c", 5);
        close();
        // more than one append can leave, and so kept aside
        StoreBytes.append(dir.resolve(StoreDirectory.JOURNAL), new byte[TAIL]);
        attempt(state, this::open);
        close();
        assertTailIsKept();
        if (layout != Layout.PACKED) {
            attempt(state, () -> Rebuilder.rebuild(files(), SILENT));
        }
        assertVerified();
        boolean struck = medium.failedFirst() != null;
        medium.disarm();
        if (canRemove) {
            Set<String> left = names();
            left.removeIf(FaultInjectionTest::isCutTail);
            assertEquals(whole, left, fault::toString);
        }
        open();
        assertShows(state);
        store.close();
        assertEquals(List.of(), Sentences.of(StoreCare.verify(dir, SILENT).problems()));
        return struck;
    }

    private static boolean isCutTail(String name) {
        return name.startsWith("journal.cut-");
    }

    /** Once, or twice when the cut failed after the first time; but never a part of it, if that can be removed. */
    private void assertTailIsKept() throws IOException {
        int whole = 0;
        int parts = 0;
        for (String name : names()) {
            if (isCutTail(name)) {
                boolean complete = Files.size(dir.resolve(name)) == TAIL;
                whole += complete ? 1 : 0;
                parts += complete ? 0 : 1;
            }
        }
        assertTrue(whole > 0, "nothing is kept");
        assertTrue(parts == 0 || !canRemove, "a part is kept");
    }

    /** A stripe that cannot be read is a problem of its own, with the system's reason; any other read a failure. */
    private void assertVerified() {
        List<String> problems = List.of();
        try {
            problems = Sentences.of(
                    Inspector.verify(files(), VerifyLevel.CHECKSUMS, SILENT).problems());
        } catch (EngramException.IoFailure e) {
            assertStruck(e);
        }
        for (String problem : problems) {
            assertTrue(
                    problem.startsWith("stripe is damaged: ")
                            && problem.contains(", found none (" + FailingMedium.BROKEN + "); "),
                    problem);
        }
        assertTrue(problems.isEmpty() || medium.failedFirst() != null, problems::toString);
        medium.disarm();
        assertEquals(
                List.of(),
                Sentences.of(
                        Inspector.verify(files(), VerifyLevel.CHECKSUMS, SILENT).problems()));
    }

    private void assertNothingUnfinished() {
        try {
            for (String name : names()) {
                assertFalse(name.endsWith(StoreDirectory.UNFINISHED), name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void failEvery(Layout layout, Durability durability, Set<Call> calls, boolean part, boolean... modes)
            throws IOException {
        for (boolean forGood : modes) {
            boolean struck = true;
            for (int nth = 1; struck; nth++) {
                Fault fault = new Fault(calls, nth, forGood, part, FailingMedium.BROKEN);
                try {
                    struck = live(layout, durability, fault);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError(layout + ", " + durability + ", " + fault + ": " + e, e);
                } finally {
                    if (store != null) {
                        medium.disarm();
                        store.close();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void aCallThatFailsIsToldOfChangesNothingAndCanBeRepeated(Call call) throws IOException {
        boolean changes = CHANGES.contains(call);
        for (Layout layout : changes ? List.of(Layout.values()) : List.of(Layout.FULL)) {
            failEvery(
                    layout,
                    Durability.PROCESS_SAFE,
                    Set.of(call),
                    layout != Layout.TIED,
                    changes ? ONCE_AND_FOR_GOOD : ONCE);
        }
        if (call == Call.WRITE || call == Call.FORCE) {
            failEvery(Layout.FULL, Durability.ALWAYS, Set.of(call), true, ONCE_AND_FOR_GOOD);
        }
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void aFullMediumIsReportedChangesNothingAndWorkGoesOnAfterIt(Layout layout) throws IOException {
        failEvery(layout, Durability.PROCESS_SAFE, CHANGES, true, true);
    }

    private void assertFails(Call call, int nth, String message, Runnable run) {
        medium.arm(new Fault(Set.of(call), nth, false, true, FailingMedium.FULL));
        EngramException e = assertThrows(EngramException.IoFailure.class, run::run);
        assertEquals(message, e.getMessage());
        medium.disarm();
    }

    /** A force that fails is final, but nobody hears of one that fails while an append is taken back. */
    @Test
    void takingBackAFailedAppendForcesNothing() {
        begin(Durability.PROCESS_SAFE);
        create(Layout.FULL);
        open();
        memorize("a", 1);
        int before = recorder.log().size();
        Pattern pattern = Patterns.random(G, 2);
        String journal = "cannot write %s: No space left on device".formatted(dir.resolve("journal"));
        assertFails(Call.WRITE, 5, journal, () -> store.memorize("b", pattern));
        List<RecordingMedium.Entry> since =
                recorder.log().subList(before, recorder.log().size());
        assertTrue(since.stream().anyMatch(entry -> entry instanceof RecordingMedium.SetLength), since::toString);
        assertTrue(since.stream().noneMatch(entry -> entry instanceof RecordingMedium.Force), since::toString);
        memorize("b", 2);
        assertShows(state);
        store.close();
    }

    @Test
    void failuresSayWhatFailedWhere() {
        begin(Durability.PROCESS_SAFE);
        String noSpace = ": No space left on device";
        assertFails(Call.CREATE, 5, "cannot create " + dir.resolve("plane.bits") + noSpace, () -> create(Layout.FULL));
        assertFails(Call.WRITE, 1, "cannot write " + dir.resolve("header.tmp") + noSpace, () -> create(Layout.FULL));
        assertFails(Call.RENAME, 1, "cannot rename to " + dir.resolve("header") + noSpace, () -> create(Layout.FULL));
        assertFails(Call.FORCE_DIRECTORY, 2, "cannot force " + dir + noSpace, () -> create(Layout.FULL));
        create(Layout.FULL);
        assertFails(Call.OPEN, 1, "cannot open " + dir.resolve("header") + noSpace, this::open);
        assertFails(Call.READ, 1, "cannot read " + dir.resolve("header") + noSpace, this::open);
        assertFails(Call.READ, 3, "cannot read " + dir.resolve("journal") + noSpace, this::open);
        open();
        memorize("a", 1);
        Pattern pattern = Patterns.random(G, 2);
        assertFails(
                Call.WRITE,
                2,
                "cannot write " + dir.resolve("v.stripes") + noSpace,
                () -> store.memorize("b", pattern));
        assertFails(
                Call.WRITE, 5, "cannot write " + dir.resolve("journal") + noSpace, () -> store.memorize("b", pattern));
        assertFails(Call.WRITE, 1, "cannot write " + dir.resolve("journal") + noSpace, () -> store.sync());
        assertShows(state);
        memorize("b", 2);
        assertFails(Call.FORCE, 1, "cannot force " + dir.resolve("w.stripes") + noSpace, () -> store.sync());
        assertEquals(
                "store takes no more changes since an earlier one failed: cannot force %s: No space left on device; reopen it to go on, what came after the last sync may not be on the medium"
                        .formatted(dir.resolve("w.stripes")),
                assertThrows(EngramException.IoFailure.class, () -> store.forget("a"))
                        .getMessage());
        assertShows(state);
        store.close();
        assertFails(
                Call.READ,
                2,
                "cannot read " + dir.resolve("journal") + noSpace,
                () -> Inspector.verify(files(), VerifyLevel.CHECKSUMS, SILENT));
        assertFails(
                Call.WRITE,
                1,
                "cannot write " + dir.resolve("sketch.bits.tmp") + noSpace,
                () -> Rebuilder.rebuild(files(), SILENT));
        open();
        assertShows(state);
        store.close();
    }
}
