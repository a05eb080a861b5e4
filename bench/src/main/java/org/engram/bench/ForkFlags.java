package org.engram.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Stream;

/** The flags of {@code bench/jvm.args}, which only the peers need: the JVMs that run a benchmark get them. */
final class ForkFlags {

    private ForkFlags() {}

    /** The flags of the file, and more. */
    static String[] with(String... more) throws IOException {
        try (InputStream file = ForkFlags.class.getResourceAsStream("jvm.args")) {
            Stream<String> flags = new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.strip().split(" ")))
                    .filter(word -> !word.isEmpty());
            return Stream.concat(flags, Arrays.stream(more)).toArray(String[]::new);
        }
    }
}
