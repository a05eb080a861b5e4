package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.engram.store.fixture.Campaign;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.DeepThread;
import org.engram.store.fixture.InMemory;
import org.engram.store.fixture.Quiet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Calls of every kind, in every layout and durability, that an Error ends anywhere: nothing that was acknowledged is lost. */
@ExtendWith(Quiet.class)
class EndedCallTest {

    @TempDir(factory = InMemory.class)
    Path temp;

    @Test
    void aCallThatRunsOutOfStackLosesNothing() throws Exception {
        EndedCalls calls = new EndedCalls(temp, StackOverflowError.class);
        try (DeepThread deep = new DeepThread()) {
            calls.run(Campaign.STACK_ENDS / 2, (random, call) -> deep.end(random.nextInt(DeepThread.FRAMES), call));
        }
    }

    @Test
    void aCallThatRunsOutOfHeapLosesNothing() {
        // interpreted: the many collections of a full heap walk all that is compiled
        List<String> flags = List.of("-Xmx10m", "-XX:+UseSerialGC", "-Xint");
        try (ChildJvm child =
                ChildJvm.start(HeapEnd.class, flags, temp.toString(), String.valueOf(Campaign.HEAP_ENDS))) {
            child.remainingLines().forEach(System.out::println);
            assertEquals(0, child.exitCode(), child.err());
        }
    }

    /** A JVM whose heap has only some bytes left when a call begins. */
    static final class HeapEnd {

        private static final Logger LOG = Logger.getLogger(PatternStore.class.getPackageName());

        private HeapEnd() {}

        public static void main(String[] args) throws Exception {
            LOG.setLevel(Level.OFF);
            EndedCalls calls = new EndedCalls(Path.of(args[0]), OutOfMemoryError.class);
            calls.run(Integer.parseInt(args[1]), HeapEnd::end);
        }

        private static Throwable end(SplittableRandom random, Runnable call) {
            int bits = random.nextInt(4, 19);
            byte[][] room = {new byte[random.nextInt(1 << bits)]};
            Object[] filling = fill(room);
            Throwable end = null;
            try {
                call.run();
            } catch (Throwable e) {
                end = e;
            }
            return filling == null ? new AssertionError("nothing filled") : end;
        }

        /** Fills the heap, and frees the room at the end. */
        private static Object[] fill(byte[][] room) {
            Object[] filling = null;
            for (int size : List.of(1 << 16, 1 << 8)) {
                try {
                    while (true) {
                        filling = new Object[] {new byte[size], filling};
                    }
                } catch (OutOfMemoryError e) {
                    // full, for pieces of this size
                }
            }
            room[0] = null;
            return filling;
        }
    }
}
