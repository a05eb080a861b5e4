package org.engram.tools;

import java.nio.file.Path;
import org.engram.store.StoreInspector;
import org.engram.store.StoreReport;

/** Verifies a store and shows how far that is. */
final class Verification {

    private Verification() {}

    static StoreReport of(Path store, Console console) {
        int neurons = StoreInspector.inspect(store).neurons().size();
        try (Progress progress = console.progress("verify", "neurons", neurons)) {
            return StoreInspector.verify(store, (done, total) -> progress.at(done));
        }
    }
}
