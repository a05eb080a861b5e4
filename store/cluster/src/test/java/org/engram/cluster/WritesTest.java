package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.engram.store.EngramException;
import org.infinispan.Cache;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.Address;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes while segments move: the engine says no to what it does all the same, sooner or later. */
class WritesTest {

    private static final String KEY = "key";
    private static final byte[] BITS = {1};
    private static final byte[] OTHERS = {2};
    private static final long TERM = 1_000;

    /** An engine with one owner, that has what the test lets it have. */
    private static final class Moving implements Owners {

        private long term = TERM;
        private @Nullable Entry held;
        /** Goes before each answer of the engine to a change from an entry to another. */
        private boolean awaits;

        private Late late = (call, from, to) -> true;

        private int calls;

        private interface Late {
            boolean isDone(int call, @Nullable Entry from, Entry to);
        }

        Writes writes() {
            @SuppressWarnings("unchecked")
            Cache<String, Entry> cache = (Cache<String, Entry>) Proxy.newProxyInstance(
                    Cache.class.getClassLoader(),
                    new Class<?>[] {Cache.class},
                    (_, method, of) -> switch (method.getName()) {
                        case "get" -> held;
                        case "putIfAbsent" -> held != null ? held : change(null, (Entry) of[1]) ? null : held;
                        case "replace" -> change((Entry) of[1], (Entry) of[2]);
                        default -> throw new IllegalStateException(method.getName());
                    });
            return new Writes(this, cache);
        }

        private boolean change(@Nullable Entry from, Entry to) {
            calls++;
            if (!late.isDone(calls, from, to) || (from != null && !from.equals(held))) {
                return false;
            }
            held = to;
            return true;
        }

        @Override
        public long term() {
            return term;
        }

        @Override
        public @Nullable Address firstOwner(String key) {
            return Address.random("one");
        }

        @Override
        public List<Address> ownersOf(String key) {
            return List.of();
        }

        @Override
        public boolean awaitsOldFiles() {
            return awaits;
        }

        @Override
        public Set<String> awaited() {
            return Set.of("m1");
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> void call(
                Address to, Function<EmbeddedCacheManager, T> ask, long limitNs, Consumer<@Nullable T> taker) {
            taker.accept((T) (held == null ? Entry.NOTHING : held));
        }
    }

    /** The first attempt is refused, and done only after the second was refused, too. */
    private static Moving lateWith(@Nullable Entry before) {
        Moving moving = new Moving();
        moving.held = before;
        Entry[] first = new Entry[1];
        moving.late = (call, _, to) -> {
            if (call == 1) {
                first[0] = to;
                moving.term++;
            } else if (call == 2) {
                moving.held = first[0];
            }
            return call > 2;
        };
        return moving;
    }

    @Test
    void aKeyThatAnEarlierAttemptHasMemorizedAfterAllIsMemorized() {
        Moving moving = lateWith(Entry.grave(TERM - 1));
        moving.writes().change(Change.MEMORIZE, KEY, BITS);
        requireLast(moving, new Entry(TERM + 2, BITS));
    }

    @Test
    void aKeyThatAnEarlierAttemptHasForgottenAfterAllIsForgotten() {
        Moving moving = lateWith(new Entry(TERM - 1, BITS));
        Entry before = moving.writes().change(Change.FORGET, KEY, new byte[0]);
        assertEquals(new Entry(TERM - 1, BITS), before);
        requireLast(moving, Entry.grave(TERM + 2));
    }

    /** Above all attempts: one that comes late changes nothing. */
    private static void requireLast(Moving moving, Entry last) {
        assertEquals(last, moving.held);
        assertTrue(moving.calls > 2);
    }

    @Test
    void aKeyThatAnotherHasMemorizedMeanwhileIsRefused() {
        Moving moving = new Moving();
        moving.held = Entry.grave(TERM - 1);
        moving.late = (call, _, _) -> {
            moving.held = new Entry(TERM, OTHERS);
            return call > 1;
        };
        Writes writes = moving.writes();
        assertThrows(EngramException.DuplicateKey.class, () -> writes.change(Change.MEMORIZE, KEY, BITS));
        assertEquals(new Entry(TERM, OTHERS), moving.held);
    }

    /** Its last owners die under a change: the engine finds nothing, and makes the segment anew. */
    private static Moving losing(@Nullable Entry before) {
        Moving moving = new Moving();
        moving.held = before;
        moving.late = (_, _, _) -> {
            moving.held = null;
            moving.awaits = true;
            return true;
        };
        return moving;
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void ofAKeyWhoseOwnersAllDieUnderAChangeNothingIsSaid(Change change) {
        Writes writes = losing(change == Change.MEMORIZE ? null : new Entry(TERM, OTHERS))
                .writes();
        assertEquals(
                "key may be in old files that are not offered yet: those of m1; try again when they are, or look at what keeps them",
                assertThrows(ClusterException.class, () -> writes.change(change, KEY, BITS))
                        .getMessage());
    }

    @Test
    void ofAForgottenKeyWhoseOwnersAllDieUnderAChangeNothingIsSaid() {
        Moving moving = losing(null);
        moving.late = (_, _, _) -> {
            moving.held = Entry.grave(TERM - 1);
            moving.awaits = true;
            return false;
        };
        assertThrows(ClusterException.class, () -> moving.writes().change(Change.MEMORIZE, KEY, BITS));
    }
}
