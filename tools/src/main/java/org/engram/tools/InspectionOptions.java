package org.engram.tools;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the verbs that look at a whole store have in common. For {@code @Mixin} fields. */
final class InspectionOptions {

    @Parameters(paramLabel = "STORE", description = "The store.")
    private Path store;

    @Option(names = "--json", description = "Answer as one JSON document.")
    private boolean json;

    Path store() {
        return store;
    }

    boolean json() {
        return json;
    }
}
