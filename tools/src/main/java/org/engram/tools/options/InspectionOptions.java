package org.engram.tools.options;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the verbs that look at a whole store have in common. For {@code @Mixin} fields. */
public final class InspectionOptions {

    @Parameters(paramLabel = "STORE", description = "The store.")
    private Path store;

    @Option(names = "--json", description = "Answer as one JSON document.")
    private boolean json;

    /** Made by picocli. */
    public InspectionOptions() {}

    /**
     * The store.
     *
     * @return its directory, as it was typed
     */
    public Path store() {
        return store;
    }

    /**
     * Whether to answer in JSON.
     *
     * @return true for one document, false for lines
     */
    public boolean json() {
        return json;
    }
}
