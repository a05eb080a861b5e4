package org.engram.tools;

import java.io.OutputStream;
import java.util.List;
import org.engram.tools.console.TemporaryDirectory;

/**
 * Runs the verbs that only look, on a small store that it makes and removes, so that the JVM can keep what it would
 * otherwise work out at every start. The launcher starts it once for a jar.
 */
final class Rehearsal {

    private Rehearsal() {}

    /** Runs all of them; the arguments are ignored. */
    public static void main(String[] args) {
        try (TemporaryDirectory directory = TemporaryDirectory.create("rehearsal", "set java.io.tmpdir")) {
            String store = directory.path().resolve("store").toString();
            run("create", store, "--size", "32x32");
            run("memorize", store, "--qr", "ENGRAM");
            for (String verb : List.of("info", "ls", "verify")) {
                run(verb, store);
                run(verb, store, "--json");
            }
            run("show", store, "ENGRAM");
            run("show", store, "unknown");
        }
    }

    private static void run(String... words) {
        Main.run(words, OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    }
}
