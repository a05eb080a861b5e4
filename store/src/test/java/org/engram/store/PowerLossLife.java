package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;

/** What happens to a store of a {@link PowerLossRun} from power on to power off: recovery, changes, deaths, failures, copies. */
final class PowerLossLife {

    static final Path STORE = Path.of("store");

    private static final Progress SILENT = (done, total) -> {};
    private static final Set<InterceptedMedium.Call> CHANGES =
            EnumSet.range(InterceptedMedium.Call.CREATE, InterceptedMedium.Call.FORCE_DIRECTORY);
    private static final String DEAD = "the process died";

    /** A store that was made of this one: what it holds, and where the log was when that had returned. */
    private record Other(StoreState state, int began, int returned) {}

    final DiskImage before;
    final PowerLossRun.Known atStart;
    final RecordingMedium recorder;
    private final PowerLossRun run;
    private final SplittableRandom random;
    private final Path store;
    private final FailingMedium medium;
    private final Opening.Access access;
    private StoreState state;
    private int vouched;
    private Opening open;
    private PatternStore patternStore;
    /** What a recovery had to keep aside, and the name that it begins with. */
    private byte[] tail = {};

    private String tailName = "";
    /** Where the log was after a recovery's first change, a failure or a death: what is wrong then shows before the next force. */
    final List<Integer> moments = new ArrayList<>();
    /** The stores that were made of this one, by their names, and what they hold. */
    private final Map<Path, Other> others = new TreeMap<>();

    PowerLossLife(PowerLossRun run, Path base, DiskImage before, PowerLossRun.Known known) throws IOException {
        this.run = run;
        this.random = run.random;
        this.store = base.resolve(STORE);
        this.before = before;
        this.atStart = known;
        this.state = known.issued();
        this.vouched = known.vouched();
        Files.createDirectories(base);
        before.writeTo(base);
        this.recorder = new RecordingMedium(base, before);
        this.medium = new FailingMedium(recorder);
        this.access = Opening.Access.writer(run.durability, run.nextClock())
                .withChunkBytes(1)
                .on(run.mistake.over(medium, store));
    }

    private void mark(StoreState issued) {
        recorder.mark(new PowerLossRun.Known(issued, vouched, true));
    }

    void create() {
        StoreOptions options = StoreOptions.DEFAULT
                .withGeometry(run.geometry)
                .withIdentity(new UUID(random.nextLong(), random.nextLong()), access.clock());
        Opening.create(new StoreDirectory(store, access.medium()), run.kind.header(options));
        open();
        mark(state);
    }

    private void open() {
        patternStore = null;
        open = Opening.open(store, access);
        patternStore = new PatternStore(open);
    }

    void go(int steps) {
        for (int i = 0; i < steps; i++) {
            int dice = random.nextInt(100);
            if (dice < 50) {
                change();
            } else if (dice < 62) {
                sync();
            } else if (dice < 67) {
                close();
                open();
            } else if (dice < 75) {
                die();
            } else if (dice < 87) {
                failOnce();
            } else if (dice < 96 && run.kind.layout != Layout.PACKED) {
                rebuild();
            } else {
                makeAnother();
            }
        }
    }

    /** Of the stores of format 1.0 half become 1.1 at the end of a life, when they did not before. */
    void rebuildIfOld() {
        if (run.kind == StoreKind.OLD && open.header.minor() == 0 && random.nextBoolean()) {
            rebuild();
        }
    }

    /** A rebuild, in which the process may die. */
    private void rebuild() {
        close();
        int began = recorder.log().size();
        if (random.nextInt(3) == 0) {
            // rather often when a name has changed and is not durable
            boolean atName = random.nextBoolean();
            Set<InterceptedMedium.Call> calls = atName ? Set.of(InterceptedMedium.Call.FORCE_DIRECTORY) : CHANGES;
            int nth = 1 + random.nextInt(atName ? 3 : 24);
            medium.arm(new FailingMedium.Fault(calls, nth, true, random.nextBoolean(), DEAD));
        }
        try {
            Rebuilder.rebuild(new StoreDirectory(store, access.medium()), SILENT);
        } catch (EngramException.IoFailure e) {
            moments.add(recorder.log().size());
        }
        medium.disarm();
        List<RecordingMedium.Entry> log = recorder.log();
        for (int i = began; i < log.size(); i++) {
            if (log.get(i) instanceof RecordingMedium.Rename rename) {
                // the header speaks of files whose names have to be there
                int weight = rename.to().endsWith(StoreDirectory.HEADER) ? 6 : 1;
                moments.addAll(Collections.nCopies(weight, i + 1));
            }
        }
        open();
    }

    /** Makes another store of this one, which has to be there as a whole or not at all. */
    private void makeAnother() {
        close();
        Path name = Path.of("another " + others.size());
        others.put(name, new Other(state, recorder.log().size(), Integer.MAX_VALUE));
        StoreDirectory target = new StoreDirectory(store.resolveSibling(name), access.medium());
        switch (random.nextInt(3)) {
            case 0 -> Copier.copy(store, target, SILENT);
            case 1 -> Compactor.compact(store, target, null, SILENT);
            default -> Salvager.salvage(store, target, SILENT);
        }
        others.put(name, new Other(state, others.get(name).began, recorder.log().size()));
        open();
    }

    /** Memorizes, replaces, forgets or judges by other criteria. */
    private void change() {
        if (open.header.hasBits() && random.nextInt(12) == 0) {
            StoreState next = state.judging();
            change(next, () -> patternStore.setCriteria(next.criteria()));
            return;
        }
        List<String> keys = List.copyOf(state.live().values());
        String chosen = keys.isEmpty() ? "" : keys.get(random.nextInt(keys.size()));
        int dice = random.nextInt(10);
        if (keys.isEmpty() || dice < 6) {
            int next = state.neurons().size();
            String key = random.nextInt(8) == 0 ? "a longer key " + next : "k" + next;
            Pattern pattern = run.nextPattern();
            change(state.with(key, pattern), () -> patternStore.memorize(key, pattern));
        } else if (dice < 8) {
            Pattern pattern = run.nextPattern();
            change(state.with(chosen, pattern), () -> patternStore.replace(chosen, pattern));
        } else {
            change(state.without(chosen), () -> patternStore.forget(chosen));
        }
    }

    private void change(StoreState next, Runnable call) {
        mark(next);
        call.run();
        state = next;
        vouched = run.durability == Durability.ALWAYS ? next.changes() : vouched;
        mark(next);
    }

    private void sync() {
        patternStore.sync();
        vouched = state.changes();
        mark(state);
    }

    private void close() {
        patternStore.close();
        vouched = state.changes();
        mark(state);
    }

    /** The process dies in a change, a sync or a close; the next one finds what it had written so far. */
    private void die() {
        medium.arm(new FailingMedium.Fault(CHANGES, 1 + random.nextInt(8), true, random.nextBoolean(), DEAD));
        StoreState latest = state;
        try {
            latest = changeOrSync();
        } catch (EngramException.IoFailure e) {
            latest = issued();
        }
        medium.arm(new FailingMedium.Fault(CHANGES, 1, true, false, DEAD));
        abandon();
        reopen(latest);
        moments.add(recorder.log().size());
    }

    /** One call fails: nothing has changed, and the store goes on, but for a force that failed. */
    private void failOnce() {
        Set<InterceptedMedium.Call> calls = switch (random.nextInt(4)) {
            case 0 -> CHANGES;
            case 1 -> Set.of(InterceptedMedium.Call.FORCE);
            default -> Set.of(InterceptedMedium.Call.WRITE);
        };
        // often the write of the record, which follows those of the parts
        int nth = random.nextBoolean()
                ? 1 + random.nextInt(4)
                : open.header.parts().size() + 1;
        medium.arm(new FailingMedium.Fault(calls, nth, false, random.nextBoolean(), FailingMedium.BROKEN));
        try {
            changeOrSync();
        } catch (EngramException.IoFailure e) {
            moments.add(recorder.log().size());
            if (medium.failedFirst() == InterceptedMedium.Call.FORCE) {
                StoreState latest = issued();
                medium.disarm();
                abandon();
                reopen(latest);
            } else {
                mark(state);
            }
        }
        medium.disarm();
        moments.add(recorder.log().size());
    }

    private StoreState changeOrSync() {
        if (random.nextInt(3) == 0) {
            sync();
        } else {
            change();
        }
        return state;
    }

    /** The state that the last mark promised: that after the change that is under way, if one is. */
    private StoreState issued() {
        List<RecordingMedium.Entry> log = recorder.log();
        for (int i = log.size() - 1; i >= 0; i--) {
            if (log.get(i) instanceof RecordingMedium.Mark mark) {
                return ((PowerLossRun.Known) mark.known()).issued();
            }
        }
        return state;
    }

    void abandon() {
        try {
            if (patternStore != null) {
                patternStore.close();
            }
        } catch (EngramException.IoFailure e) {
            // as the dead do not close
        }
    }

    private void reopen(StoreState latest) {
        medium.disarm();
        open();
        state = latest.foundIn(open);
        mark(state);
    }

    void end() {
        close();
    }

    /** Opens what the power loss left, checks it, and goes on; false where there is no store yet. */
    boolean recover() throws IOException {
        try {
            open();
        } catch (EngramException.NotAStore e) {
            assertFalse(atStart.created(), e.getMessage());
            return false;
        }
        StoreState found = state.foundIn(open);
        assertTrue(
                found.changes() >= vouched,
                () -> "lost changes: %d of %d that were vouched for are there".formatted(found.changes(), vouched));
        noteTail();
        found.assertIn(patternStore, store, open.header);
        state = found;
        vouched = found.changes();
        if (random.nextBoolean()) {
            openAgain();
        } else if (!state.live().isEmpty()) {
            // A record that needs no stripes, where the cut tail began.
            String first = state.live().values().iterator().next();
            change(state.without(first), () -> patternStore.forget(first));
            moments.add(recorder.log().size());
        }
        Pattern pattern = run.nextPattern();
        change(state.with("after", pattern), () -> {
            if (patternStore.contains("after")) {
                patternStore.replace("after", pattern);
            } else {
                patternStore.memorize("after", pattern);
            }
        });
        go(random.nextInt(3));
        rebuildIfOld();
        return true;
    }

    /** What was recovered needs no recovery. */
    private void openAgain() {
        close();
        open();
        // Stripes that a lost journal knew of are spoken of until appends overwrite them.
        assertTrue(
                open.recovery.isEmpty() || open.recovery.startsWith("journal lacks records: "),
                () -> "not recovered: " + open.recovery);
        assertEquals(state.live(), ChangeScript.liveIn(patternStore));
        assertEquals(state.changes(), state.foundIn(open).changes());
    }

    /** Closed and opened by a reader, the store is what it shall be, and every checksum matches. */
    void check() throws IOException {
        Opening reading = Opening.open(store, Opening.Access.READ_ONLY.withChunkBytes(1));
        try (PatternStore reader = new PatternStore(reading)) {
            assertEquals(state.changes(), state.foundIn(reading).changes());
            state.assertIn(reader, store, reading.header);
        }
        List<String> problems = StoreCare.verify(store, SILENT).problems().stream()
                .filter(problem -> !problem.startsWith("journal lacks records: "))
                .toList();
        assertEquals(List.of(), problems);
    }

    /** What a recovery cuts off the journal is kept aside when it may be more than one append. */
    private void noteTail() {
        byte[] journal = before.files().get(STORE.resolve(StoreDirectory.JOURNAL));
        int position = Math.toIntExact(open.intake.position());
        Part first = open.header.parts().get(0);
        long stripe = first.stripeBytes(run.geometry);
        long surplus = before.files().get(STORE.resolve(first.fileName)).length
                - open.table.view().count() * stripe;
        int remains = journal.length - position;
        if (remains > JournalRecord.MAX_LENGTH || (remains > 0 && surplus > stripe)) {
            tail = Arrays.copyOfRange(journal, position, journal.length);
            tailName = "journal.cut-%d-%d".formatted(position, access.clock().millis());
        }
    }

    /** Whether a crash would fall into the making of another store, or just behind it. */
    boolean isMakingAnother(int crash) {
        return others.values().stream().anyMatch(other -> crash >= other.began && crash - 2 <= other.returned);
    }

    /** A store that was made of this one is there when that had returned, and as a whole or not at all before. */
    void assertOthersAreWhole(DiskImage image, int crash, Path base) throws IOException {
        if (!others.isEmpty()) {
            image.below(others::containsKey).writeTo(base);
        }
        for (Map.Entry<Path, Other> other : others.entrySet()) {
            Path made = base.resolve(other.getKey());
            if (image.directories().contains(other.getKey())) {
                try (PatternStore found = PatternStore.openReadOnly(made)) {
                    other.getValue().state.assertKeysAndPatternsIn(found);
                }
                assertEquals(List.of(), StoreCare.verify(made, SILENT).problems());
            } else {
                assertTrue(crash < other.getValue().returned, () -> other.getKey() + " is not there");
            }
        }
    }

    /** It is aside, or still in the journal, whenever the power goes. */
    void assertCutTailIsKept(DiskImage image) {
        if (tail.length > 0) {
            byte[] journal = image.files().get(STORE.resolve(StoreDirectory.JOURNAL));
            byte[] kept = image.files().get(STORE.resolve(tailName));
            byte[] whole = before.files().get(STORE.resolve(StoreDirectory.JOURNAL));
            boolean stillThere =
                    journal.length >= whole.length && Arrays.equals(whole, 0, whole.length, journal, 0, whole.length);
            if (!stillThere) {
                assertArrayEquals(tail, kept, () -> "what was cut off is not in " + tailName);
            }
        }
    }
}
