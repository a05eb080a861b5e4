package org.engram.tools;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the verbs that only look, on a small store that it makes and removes, so that the JVM can keep what it works out at
 * every start. The launcher starts it once for a jar.
 */
final class Rehearsal {

    private Rehearsal() {}

    /**
     * Goes through it.
     *
     * @param args none
     * @throws IOException if there is no room for the store
     */
    public static void main(String[] args) throws IOException {
        Path directory = Files.createTempDirectory("engram-rehearsal-");
        try {
            String store = directory.resolve("store").toString();
            run("create", store, "--size", "32x32");
            run("memorize", store, "--qr", "ENGRAM");
            for (String verb : List.of("info", "ls", "verify")) {
                run(verb, store);
                run(verb, store, "--json");
            }
            run("show", store, "ENGRAM");
            run("show", store, "unknown");
        } finally {
            remove(directory);
        }
    }

    private static void run(String... words) {
        Main.run(words, OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    }

    private static void remove(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(directory)) {
            deepestFirst = files.sorted((one, other) -> other.compareTo(one)).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
