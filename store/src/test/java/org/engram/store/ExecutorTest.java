package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.engram.store.fixture.Patterns;
import org.engram.store.fixture.Quiet;
import org.engram.store.internal.neurons.Access;
import org.engram.store.internal.recall.RecallPath;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Executors that misbehave, and callers at the end of their stack: when a recall or a close ends, no helper reads. */
@ExtendWith(Quiet.class)
class ExecutorTest {

    private static final Geometry G = new Geometry(64, 64);
    /** Of three chunks, as none has less than 1,024. */
    private static final int NEURONS = 3 * 1024;

    private static final int FRAMES = 150;
    private static final int ROUNDS = 20;

    @TempDir
    Path temp;

    enum Misbehaviour {
        NONE,
        THROWS_AFTER_IT_STARTED,
        REJECTS_AFTER_IT_STARTED,
        DROPS,
        RUNS_LATE,
        STACK_END
    }

    /** One thread that runs what it is handed. To hand it something takes hardly any stack. */
    private static final class Helper {
        private volatile Runnable handed;
        private volatile boolean busy;
        private volatile boolean stopped;
        final Thread thread = Thread.ofPlatform().daemon().start(this::work);

        private void work() {
            while (!stopped) {
                Runnable task = handed;
                if (task == null) {
                    Thread.onSpinWait();
                } else {
                    busy = true;
                    task.run();
                    busy = false;
                    handed = null;
                }
            }
        }

        boolean reads() {
            return Stream.of(thread.getStackTrace())
                    .map(StackTraceElement::getClassName)
                    .anyMatch(name -> name.startsWith("org.engram.store.internal.") && !name.endsWith(".SharedChunks"));
        }

        void awaitIdle() {
            while (handed != null) {
                Thread.onSpinWait();
            }
        }
    }

    private static Executor executor(Misbehaviour how, Helper helper) {
        return task -> {
            switch (how) {
                case DROPS -> {}
                case RUNS_LATE -> Thread.ofVirtual().start(() -> helper.handed = task);
                default -> {
                    helper.handed = task;
                    while (!helper.busy && helper.handed != null) {
                        // not one call, so that the stack does not end here
                    }
                    if (how == Misbehaviour.THROWS_AFTER_IT_STARTED) {
                        throw new AssertionError("of the executor");
                    }
                    if (how == Misbehaviour.REJECTS_AFTER_IT_STARTED) {
                        throw new RejectedExecutionException();
                    }
                }
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void noHelperReadsWhenARecallOrACloseHasEnded(Misbehaviour how) throws Exception {
        Path dir = temp.resolve("store");
        PatternStore.create(dir, StoreOptions.DEFAULT.withGeometry(G).withLayout(Layout.FULL))
                .close();
        Access access =
                Access.writer(Durability.PROCESS_SAFE, Clock.systemUTC()).withChunkBytes(1);
        Helper helper = new Helper();
        PatternStore store = Doors.open(dir, access);
        store.memorizeAll(IntStream.range(0, NEURONS)
                .mapToObj(i -> Map.entry("k" + i, Patterns.random(G, i)))
                .toList());
        RecallOptions options =
                RecallOptions.DEFAULT.withPath(RecallPath.STRIPES).inParallel(executor(how, helper), 2);
        Cue cue = Cue.bipolar(Patterns.random(G, 7));
        int errors = 0;
        int[] reading = {0};
        for (int n = 0; n < (how == Misbehaviour.STACK_END ? FRAMES : ROUNDS); n++) {
            int frames = how == Misbehaviour.STACK_END ? n : -1;
            Throwable[] end = new Throwable[1];
            Thread caller = new Thread(
                    null,
                    () -> {
                        if (frames < 0) {
                            call(store, cue, options, end);
                        } else {
                            descend(frames, store, cue, options, end);
                        }
                        reading[0] += helper.reads() ? 1 : 0;
                    },
                    "caller",
                    512 << 10);
            caller.start();
            caller.join();
            helper.awaitIdle();
            errors += end[0] == null ? 0 : 1;
        }
        store.close();
        assertEquals(false, helper.reads());
        helper.stopped = true;
        assertEquals(0, reading[0], "ended while the helper read, of " + errors + " errors");
        boolean wanted = how == Misbehaviour.THROWS_AFTER_IT_STARTED || how == Misbehaviour.STACK_END;
        assertEquals(wanted, errors > 0, "errors: " + errors);
    }

    private static void call(PatternStore store, Cue cue, RecallOptions options, Throwable[] end) {
        try {
            store.recall(cue, options);
        } catch (Throwable e) {
            end[0] = e;
        }
    }

    /** Goes down until the stack ends, then this number of frames up again, and recalls there. */
    @SuppressWarnings("InfiniteRecursion") // it throws StackOverflowError, and is to
    private static int descend(int frames, PatternStore store, Cue cue, RecallOptions options, Throwable[] end) {
        int up;
        try {
            up = descend(frames, store, cue, options, end);
        } catch (StackOverflowError e) {
            up = frames;
        }
        if (up == 0) {
            call(store, cue, options, end);
        }
        return up - 1;
    }
}
