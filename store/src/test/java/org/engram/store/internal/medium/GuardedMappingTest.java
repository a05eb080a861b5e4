package org.engram.store.internal.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.engram.store.fixture.Quiet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is closed after a call of a mapping has failed, and what is not. */
@ExtendWith(Quiet.class)
class GuardedMappingTest {

    /** Fails as the range says that it is asked for. */
    private static final class Failing implements Mapping {

        private int closed;

        @Override
        public MemorySegment map(long from, long length, Arena arena) throws IOException {
            if (from == 1) {
                throw new IOException("refused");
            }
            if (from == 2) {
                throw new StackOverflowError();
            }
            return MemorySegment.NULL;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private final Failing mapping = new Failing();
    private final GuardedMapping guarded = new GuardedMapping(Path.of("file"), mapping);

    @Test
    void aMappingThatTheSystemRefusedIsClosed() throws IOException {
        assertThrows(IOException.class, () -> guarded.map(1, 1, Arena.global()));
        guarded.map(0, 1, Arena.global());
        guarded.close();
        assertEquals(1, mapping.closed);
    }

    @Test
    void aMappingThatAnErrorEndedIsNotClosedWhateverIsMappedLater() throws IOException {
        assertThrows(StackOverflowError.class, () -> guarded.map(2, 1, Arena.global()));
        guarded.map(0, 1, Arena.global());
        assertThrows(IOException.class, () -> guarded.map(1, 1, Arena.global()));
        guarded.close();
        assertEquals(0, mapping.closed);
    }
}
