package org.engram.tools.options;

import picocli.CommandLine.Option;

/** A verb that answers in lines for people or as JSON. */
public abstract class JsonVerb extends Verb {

    @Option(names = "--json", order = 0, description = "Answer as one JSON document, in full precision.")
    private boolean json;

    /** Whether the user wants JSON. */
    protected final boolean asJson() {
        return json;
    }
}
