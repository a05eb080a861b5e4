package org.engram.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An image file to memorize.
 *
 * @param path the file
 * @param key the key for its pattern
 */
record ImageSource(Path path, String key) {

    /**
     * Lists what the user named, directories file by file.
     *
     * @param named files and directories
     * @param key the key for a single file; null when files name their own keys
     * @throws Failure if there is nothing, or two files have one key
     */
    static List<ImageSource> list(List<Path> named, String key) {
        if (key != null && (named.size() != 1 || Files.isDirectory(named.get(0)))) {
            throw Failure.usage("--key names one pattern: expected a single file with it, found %s"
                    .formatted(named.size() == 1 ? "the directory " + named.get(0) : named.size() + " names"));
        }
        List<ImageSource> sources = new ArrayList<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                files(path).forEach(file -> sources.add(new ImageSource(file, keyOf(file))));
            } else {
                sources.add(new ImageSource(path, key == null ? keyOf(path) : key));
            }
        }
        requireDistinct(sources);
        return sources;
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> files = entries.filter(
                            file -> Files.isRegularFile(file) && !nameOf(file).startsWith("."))
                    .sorted(Comparator.comparing(ImageSource::nameOf))
                    .toList();
            if (files.isEmpty()) {
                throw Failure.cannotOpen(
                        "nothing to memorize: %s: expected image files in it, found none".formatted(directory));
            }
            return files;
        } catch (IOException e) {
            throw new Failure(ExitCode.CANNOT_OPEN, "cannot list %s: %s".formatted(directory, IoReason.of(e)), e);
        }
    }

    private static void requireDistinct(List<ImageSource> sources) {
        Map<String, Path> seen = new HashMap<>();
        for (ImageSource source : sources) {
            Path other = seen.put(source.key(), source.path());
            if (other != null) {
                throw Failure.usage("two files have the key %s: %s and %s; rename one, or store it with --key"
                        .formatted(Text.quoted(source.key()), other, source.path()));
            }
        }
    }

    private static String keyOf(Path file) {
        String name = nameOf(file);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String nameOf(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }
}
