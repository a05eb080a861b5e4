package org.engram.tools;

import java.nio.file.Path;
import org.engram.store.StoreInspector;
import org.engram.store.StoreReport;
import org.engram.store.VerifyLevel;

/** Verifies a store and shows how far that is. */
final class Verification {

    private Verification() {}

    static StoreReport of(Path store, VerifyLevel level, Console console) {
        try (Progress progress = console.progress("verify")) {
            return StoreInspector.verify(store, level, progress::at);
        }
    }
}
