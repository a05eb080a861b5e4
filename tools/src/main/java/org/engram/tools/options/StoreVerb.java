package org.engram.tools.options;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** A verb whose first argument is a store. */
public abstract class StoreVerb extends JsonVerb {

    @Parameters(index = "0", paramLabel = "STORE", description = "The store.")
    private Path store;

    protected final Path store() {
        return store;
    }
}
