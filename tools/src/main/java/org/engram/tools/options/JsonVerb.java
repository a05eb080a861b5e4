package org.engram.tools.options;

import picocli.CommandLine.Option;

/** A verb that answers in lines for people or as JSON. */
public abstract class JsonVerb extends Verb {

    @Option(names = "--json", order = 0, description = "Answer as one JSON document, in full precision.")
    private boolean json;

    protected final boolean asJson() {
        return json;
    }

    /** Answers with the document, or with the line for people. */
    protected final void answer(Object document, String line) {
        answer(document, () -> console().line(line));
    }

    /** Answers with the document, or runs what writes the lines for people. */
    protected final void answer(Object document, Runnable lines) {
        if (json) {
            console().json(document);
        } else {
            lines.run();
        }
    }
}
