package org.engram.tools.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.engram.tools.console.Failure;
import org.engram.tools.console.IoReason;
import org.engram.tools.console.StandardStream;
import org.engram.tools.console.Text;

/** An image file to memorize, and the key for its pattern. */
public record ImageSource(Path path, String key) {

    /**
     * Lists the files that the user named; of a named directory, all its files. The key is for a single file; it is
     * null when files name their own keys.
     */
    public static List<ImageSource> list(List<Path> named, String key) {
        if (key != null && (named.size() != 1 || Files.isDirectory(named.get(0)))) {
            throw Failure.usage("--key names one pattern: expected a single file with it, found %s"
                    .formatted(named.size() == 1 ? "the directory " + named.get(0) : named.size() + " names"));
        }
        if (key == null && named.stream().anyMatch(StandardStream::isMeant)) {
            throw Failure.usage("an image from standard input has no name: expected --key KEY with it, found none");
        }
        if (key == null && named.stream().anyMatch(ImageSource::isPipe)) {
            throw Failure.usage("an image from a pipe has no name: expected --key KEY with it, found none");
        }
        List<ImageSource> sources = new ArrayList<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                files(path).forEach(file -> sources.add(new ImageSource(file, keyOf(nameOf(file)))));
            } else {
                sources.add(new ImageSource(path, key == null ? keyOf(nameOf(path)) : key));
            }
        }
        requireDistinct(sources);
        return sources;
    }

    private static boolean isPipe(Path path) {
        return Files.exists(path) && !Files.isDirectory(path) && !Files.isRegularFile(path);
    }

    private static List<Path> files(Path directory) {
        List<Path> files = files(directory, 1);
        if (files.isEmpty()) {
            throw Failure.cannotOpen(
                    "nothing to memorize: %s: expected image files in it, found none".formatted(directory));
        }
        return files;
    }

    /**
     * Lists the files of a directory, down to this many levels, in the order of their paths. Hidden files and
     * directories are left out.
     */
    public static List<Path> files(Path directory, int depth) {
        try (Stream<Path> entries = Files.find(
                directory, depth, (file, attributes) -> attributes.isRegularFile(), FileVisitOption.FOLLOW_LINKS)) {
            return entries.filter(file -> !isHidden(directory.relativize(file)))
                    .sorted(Comparator.comparing(Path::toString).thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException e) {
            throw cannotList(directory, e);
        } catch (UncheckedIOException e) {
            // Such an exception always has a cause.
            throw cannotList(directory, Objects.requireNonNull(e.getCause()));
        }
    }

    private static boolean isHidden(Path relative) {
        for (Path name : relative) {
            if (name.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static Failure cannotList(Path directory, IOException e) {
        return Failure.cannotOpen("cannot list %s: %s".formatted(directory, IoReason.of(e)), e);
    }

    private static void requireDistinct(List<ImageSource> sources) {
        Map<String, Path> seen = new HashMap<>();
        for (ImageSource source : sources) {
            Path other = seen.put(source.key(), source.path());
            if (other != null) {
                throw Failure.usage("two files have the key %s: %s and %s; rename one, or store it with --key"
                        .formatted(Text.quoted(source.key()), RawName.of(other), RawName.of(source.path())));
            }
        }
    }

    /** The key that a file gives its pattern: its name without the ending, as {@link RawName} has it. */
    public static String keyOf(String name) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
    }

    private static String nameOf(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : RawName.of(name);
    }
}
