package org.engram.store.internal.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.engram.store.EngramException;
import org.engram.store.Layout;
import org.engram.store.Pattern;
import org.engram.store.Progress;
import org.engram.store.StoreCare;
import org.engram.store.fixture.CareStores;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.medium.Medium;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that cannot be made to its end is not there, whatever call of the system fails, and the next attempt makes it. */
class CareFailureTest {

    private static final Progress SILENT = CareStores.SILENT;
    private static final Set<String> CHANGES =
            Set.of("create", "createDirectory", "rename", "forceDirectory", "write", "setLength", "force");

    @TempDir
    Path temp;

    /** The disk; one call that changes something fails. */
    private static final class Failing {
        private final int nth;
        private int seen;

        Failing(int nth) {
            this.nth = nth;
        }

        Medium medium() {
            return wrap(Medium.class, StoreDirectory.DISK);
        }

        private <T> T wrap(Class<T> type, T inner) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                        if (CHANGES.contains(method.getName()) && ++seen == nth) {
                            throw new IOException("No space left on device");
                        }
                        try {
                            Object result = method.invoke(inner, args);
                            return result instanceof Medium.OpenFile file ? wrap(Medium.OpenFile.class, file) : result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.list(temp)) {
            return files.sorted().toList();
        }
    }

    @Test
    void everyCallThatFailsLeavesNeitherATargetNorAnUnfinishedOne() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        Map<String, byte[]> before = StoreBytes.of(store);
        Map<String, Pattern> contents = CareStores.contents(store);
        for (Map.Entry<String, CareStores.Verb> verb : CareStores.VERBS.entrySet()) {
            Failing counting = new Failing(0);
            Path first = temp.resolve(verb.getKey());
            verb.getValue().run(store, new StoreDirectory(first, counting.medium()));
            assertEquals(contents, CareStores.contents(first));
            assertTrue(counting.seen > 20, verb.getKey() + " changes files " + counting.seen + " times");
            Path target = temp.resolve("target");
            List<Path> listed = list();
            for (int nth = 1; nth <= counting.seen; nth++) {
                StoreDirectory failing = new StoreDirectory(target, new Failing(nth).medium());
                EngramException e = assertThrows(
                        EngramException.IoFailure.class,
                        () -> verb.getValue().run(store, failing),
                        verb.getKey() + " " + nth);
                assertTrue(e.getMessage().endsWith(": No space left on device"), e.getMessage());
                assertTrue(e.getMessage().startsWith("cannot "), e.getMessage());
                assertEquals(listed, list(), verb.getKey() + " " + nth);
            }
            StoreBytes.assertSame(before, StoreBytes.of(store));
        }
    }

    @Test
    void anEmptyTargetDirectorySurvivesAFailureAndIsReplacedByASuccess() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        Path target = Files.createDirectory(temp.resolve("target"));
        for (CareStores.Verb verb : CareStores.VERBS.values()) {
            assertThrows(
                    EngramException.IoFailure.class,
                    () -> verb.run(store, new StoreDirectory(target, new Failing(9).medium())));
            assertEquals(List.of(store, target), list());
            assertEquals(Map.of(), StoreBytes.of(target));
        }
        StoreCare.copy(store, target, SILENT);
        assertTrue(StoreCare.diff(store, target, SILENT).isEmpty());
        assertEquals(List.of(store, target), list());
    }
}
