package org.engram.store.internal.neurons;

import java.nio.file.Files;
import java.util.Set;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.internal.medium.StoreDirectory;
import org.jspecify.annotations.Nullable;

/** The directory that an opening began with, for the case that somebody moves or replaces it meanwhile. */
public final class OpeningPlace {

    /** What an error has found that did not find a file, as Engram, java.nio and Linux word it. */
    private static final Set<String> MISSING = Set.of("none", "nothing", "no such file", "No such file or directory");

    private final StoreDirectory directory;
    private final @Nullable Object before;

    public OpeningPlace(StoreDirectory directory) {
        this.directory = directory;
        this.before = directory.identity();
    }

    /** What a failed opening says: that the directory was moved or replaced, if it was, since any other error blames a sound store. */
    public EngramException why(EngramException failure) {
        boolean neverThere = before == null && failure instanceof EngramException.NotAStore;
        if (neverThere || failure instanceof EngramException.Superseded) {
            return failure;
        }
        EngramException moved = moved(failure);
        if (moved == null) {
            return failure;
        }
        moved.addSuppressed(failure);
        return moved;
    }

    private @Nullable EngramException moved(EngramException failure) {
        boolean back = isBack(failure.diagnosis());
        // Asked for last: a file that is missing still may be so because the directory is away.
        Object now = directory.identity();
        if (now == null && Files.notExists(directory.path())) {
            return new EngramException.NotAStore(Diagnosis.of("store was moved or deleted while it was being opened")
                    .in(directory.path())
                    .expected("the same directory", "none")
                    .remedy("open it again once it is back"));
        }
        return now != null && now.equals(before) && !back ? null : StoreFiles.replaced(directory);
    }

    /** Whether a file that was not found is there. */
    private boolean isBack(Diagnosis told) {
        return told.offset().isEmpty()
                && MISSING.contains(told.found())
                && told.file().filter(Files::exists).isPresent()
                && directory.has(StoreDirectory.HEADER);
    }
}
