package org.engram.tools.care;

import java.nio.file.Path;
import org.engram.store.StoreCare;
import org.engram.store.StoreReport;
import org.engram.store.VerifyLevel;
import org.engram.tools.console.Console;
import org.engram.tools.console.Progress;

/** Verifies a store and shows how far that is. */
public final class Verification {

    private Verification() {}

    /** Verifies. */
    public static StoreReport of(Path store, VerifyLevel level, Console console) {
        try (Progress progress = console.progress("verify")) {
            return StoreCare.verify(store, level, progress::at);
        }
    }
}
