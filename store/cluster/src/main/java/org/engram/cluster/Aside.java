package org.engram.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files of an earlier membership. They are neither believed nor deleted. A member that joins offers their entries
 * to the cluster one by one; an entry counts only if its generation is higher than the one that is there. Then the
 * files are deleted.
 */
final class Aside {

    private static final String SEGMENTS = "segments";
    private static final String ASIDE = "aside-";

    private Aside() {}

    static Path segments(Path directory) {
        return directory.resolve(SEGMENTS);
    }

    /** Sets all segments aside. */
    static void setAside(Path directory) {
        setAside(directory, name -> true);
    }

    /** Sets aside the segments that do not belong to a member by the table from which it starts. */
    static void setAsideExcept(Path directory, int segments, IntPredicate owned) {
        setAside(directory, name -> {
            int number = number(name);
            return number >= 0 && (number >= segments || !owned.test(number));
        });
    }

    private static int number(String name) {
        String prefix = "segment-";
        return name.startsWith(prefix) ? Integer.parseInt(name.substring(prefix.length())) : -1;
    }

    private static void setAside(Path directory, Predicate<String> wanted) {
        List<Path> some = list(segments(directory)).stream()
                .filter(path -> wanted.test(path.getFileName().toString()))
                .toList();
        if (some.isEmpty()) {
            return;
        }
        try {
            Path place = Files.createDirectories(free(directory));
            for (Path one : some) {
                Segments.move(one, place.resolve(one.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path free(Path directory) {
        int number = 1;
        while (Files.exists(directory.resolve(ASIDE + number))) {
            number++;
        }
        return directory.resolve(ASIDE + number);
    }

    /** The directories that wait, in order. */
    static List<Path> waiting(Path directory) {
        return list(directory).stream()
                .filter(path -> path.getFileName().toString().startsWith(ASIDE))
                .toList();
    }

    /** The segments in one of them. */
    static List<Path> segmentsIn(Path aside) {
        return list(aside).stream()
                .filter(path -> number(path.getFileName().toString()) >= 0)
                .toList();
    }

    private static List<Path> list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.sorted(Comparator.comparing(Path::toString)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
