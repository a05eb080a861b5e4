package org.engram.cluster;

/**
 * Another entry of the same generation, or of a higher one, is on disk here: a change that did not reach the first owner,
 * so that nobody acknowledged it. The change that meets it has to be made again, above it.
 */
final class GenerationTaken extends IllegalStateException {

    private static final long serialVersionUID = 1;

    GenerationTaken(String key, long generation) {
        super("generation %s of \"%s\" is another change that was not acknowledged".formatted(generation, key));
    }
}
