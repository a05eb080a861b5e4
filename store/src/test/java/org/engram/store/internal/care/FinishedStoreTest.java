package org.engram.store.internal.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.engram.store.Layout;
import org.engram.store.fixture.CareStores;
import org.engram.store.fixture.InterceptedMedium;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is made of another one takes its place when all of it is durable, and a SYNC vouches for it. */
class FinishedStoreTest {

    @TempDir
    private Path temp;

    /** Knows which files were changed and not forced since. */
    private static final class Watching extends InterceptedMedium {

        private final Path target;
        private final Path unfinished;
        private final Set<String> notDurable = new TreeSet<>();
        private int changes;
        private boolean inPlace;
        /** Those of the store, and in the end its own. */
        private boolean namesForced;

        Watching(Path target) {
            super(StoreDirectory.DISK);
            this.target = target;
            this.unfinished = target.resolveSibling(target.getFileName() + ".tmp");
        }

        @Override
        protected void on(Call call, Path path, Pending pending) throws IOException {
            String name = path.getFileName().toString();
            switch (call) {
                case CREATE -> {
                    changes++;
                    notDurable.add(name);
                    namesForced = false;
                }
                case WRITE, SET_LENGTH -> {
                    changes++;
                    notDurable.add(name);
                }
                case FORCE, DELETE -> notDurable.remove(name);
                case RENAME -> {
                    if (path.equals(target)) {
                        assertEquals(Set.of("unfinished"), notDurable, "its mark, which is empty, may come and go");
                        assertTrue(namesForced, "the names in it");
                        inPlace = true;
                    } else {
                        assertFalse(notDurable.contains(name + ".tmp"), name);
                    }
                    namesForced = false;
                }
                case FORCE_DIRECTORY -> namesForced = path.equals(inPlace ? target.getParent() : unfinished);
                default -> {
                    // changes nothing
                }
            }
            pending.make();
        }
    }

    @Test
    void everyFileIsForcedAfterItsLastChangeAndBeforeTheStoreHasItsName() {
        for (Layout layout : Layout.values()) {
            Path store = CareStores.create(temp.resolve("store " + layout), layout);
            CareStores.VERBS.forEach((name, verb) -> {
                Path target = temp.resolve(name + " of " + layout);
                Watching watching = new Watching(target);
                verb.run(store, new StoreDirectory(target, watching));
                assertTrue(watching.inPlace && watching.changes > 10, name);
                assertTrue(watching.namesForced, name);
                assertEquals(CareStores.contents(store), CareStores.contents(target));
            });
        }
    }

    /** Otherwise a power loss could take the mark, and leave what no next run may take for remains. */
    @Test
    void theMarkIsDurableBeforeAnythingThatItMarksIsMade() {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        CareStores.VERBS.forEach((name, verb) -> {
            List<String> calls = new ArrayList<>();
            Path target = temp.resolve(name);
            verb.run(store, new StoreDirectory(target, new InterceptedMedium(StoreDirectory.DISK) {
                @Override
                protected void on(Call call, Path path, Pending pending) throws IOException {
                    pending.make();
                    if (call == Call.CREATE || call == Call.FORCE_DIRECTORY) {
                        calls.add(call + " " + path.getFileName());
                    }
                }
            }));
            assertEquals(List.of("CREATE unfinished", "FORCE_DIRECTORY " + name + ".tmp"), calls.subList(0, 2));
            assertTrue(calls.contains("CREATE journal"));
        });
    }

    @Test
    void bitsThatAreRebuiltAreForcedBeforeTheyTakeTheirPlaces() {
        Path store = CareStores.create(temp.resolve("store"), Layout.TIED);
        Watching watching = new Watching(temp.resolve("none"));
        assertEquals(8, Rebuilder.rebuild(new StoreDirectory(store, watching), CareStores.SILENT));
        assertTrue(watching.changes > 10);
    }

    @Test
    void itsLastRecordIsASync() throws IOException {
        Path store = CareStores.create(temp.resolve("store"), Layout.FULL);
        for (Map.Entry<String, CareStores.Verb> verb : CareStores.VERBS.entrySet()) {
            Path target = temp.resolve(verb.getKey());
            verb.getValue().run(store, StoreDirectory.onDisk(target));
            byte[] journal = Files.readAllBytes(target.resolve("journal"));
            byte[] last = Arrays.copyOfRange(journal, journal.length - JournalRecord.HEAD, journal.length);
            assertEquals(3, last[8], verb.getKey() + " ends with a SYNC");
        }
    }
}
