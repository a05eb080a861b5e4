package org.engram.store;

import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.Picture;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.neurons.Access;
import org.engram.store.internal.neurons.NeuronTable;
import org.engram.store.internal.recall.RecallPath;

/** What tests in other packages need of the public types and hosts do not. */
public final class Doors {

    private Doors() {}

    /** Opens a store for writing that no other writer can be at: nobody is waited for. */
    public static PatternStore openAlone(Path directory) {
        return open(
                directory,
                Access.writer(Durability.PROCESS_SAFE, Clock.systemUTC()).withoutWaiting());
    }

    /** Opens a store in a way that only tests know: on another medium, in small chunks, by another clock. */
    public static PatternStore open(Path directory, Access access) {
        return new PatternStore(OpenStore.open(directory, access));
    }

    /** Creates the files of a store on another medium. */
    public static void create(StoreDirectory directory, Header header) {
        Opening.of(taken -> {
            if (!OpenStore.createUnlessThere(directory, header, taken)) {
                throw directory.occupied(StoreDirectory.HEADER + " in it");
            }
            taken.unlock();
            return taken;
        });
    }

    /** Sets which weights to read. */
    public static RecallOptions withPath(RecallOptions options, RecallPath wanted) {
        return options.withPath(wanted);
    }

    /** What an open store knows of its neurons. */
    public static NeuronTable.View view(PatternStore store) {
        return store.open.view();
    }

    /** The header that an open store has read. */
    public static Header header(PatternStore store) {
        return store.open.header();
    }

    /** The end of the last committed record, in bytes. */
    public static long journalEnd(PatternStore store) {
        return store.open.files.position();
    }

    /** Creates a store whose bytes are the same whenever it is made, and opens it. */
    public static PatternStore create(Path directory, StoreOptions options, UUID uuid, Clock clock) {
        create(StoreDirectory.onDisk(directory), header(options, uuid, clock));
        return open(directory, Access.writer(Durability.PROCESS_SAFE, clock));
    }

    /** The header of a store that would be created then. */
    public static Header header(StoreOptions options, UUID uuid, Clock clock) {
        return options.header(uuid, clock.instant());
    }

    /** The picture that a pattern is for the inner packages. */
    public static Picture picture(Pattern pattern) {
        return pattern.picture();
    }
}
