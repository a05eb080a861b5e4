import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Formats all Java sources, this one too: {@code check} fails and names the files that are not formatted, {@code apply}
 * formats them. The build starts it in the root, with the JDK that compiles, because the formatter parses with the Java
 * it runs on.
 */
final class Format {

    /** As old as the last run that found no fault; only younger sources are looked at. */
    private static final Path STAMP = Path.of("target/formatted");

    private final Formatter formatter = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());
    private final boolean apply;

    private Format(boolean apply) {
        this.apply = apply;
    }

    public static void main(String[] args) throws IOException {
        FileTime start = FileTime.from(Instant.now());
        if (args.length != 1 || !List.of("check", "apply").contains(args[0])) {
            System.err.println("engram.format must be check or apply, and is " + String.join(" ", args));
            System.exit(2);
        }
        List<String> faults = new Format(args[0].equals("apply")).faults();
        if (!faults.isEmpty()) {
            System.err.println("These sources are not formatted; mvn -N validate -Dengram.format=apply formats them:");
            faults.forEach(fault -> System.err.println("  " + fault));
            System.exit(1);
        }
        Files.createDirectories(STAMP.getParent());
        Files.writeString(STAMP, "All sources older than this file are formatted.\n");
        Files.setLastModifiedTime(STAMP, start);
    }

    private List<String> faults() throws IOException {
        // With another formatter, or other rules, all are looked at again.
        boolean all = isNew(Path.of("pom.xml")) || isNew(Path.of(".mvn/Format.java"));
        try (Stream<Path> files = sources()) {
            return files.toList().parallelStream()
                    .filter(file -> all || isNew(file))
                    .flatMap(file -> fault(file).stream())
                    .toList();
        }
    }

    private static boolean isNew(Path file) {
        try {
            return !Files.exists(STAMP)
                    || Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(STAMP)) >= 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> sources() throws IOException {
        List<Path> folders = new ArrayList<>(List.of(Path.of(".mvn")));
        try (Stream<Path> modules = Files.list(Path.of(""))) {
            Stream.concat(modules, Stream.of(Path.of("store", "cluster")))
                    .map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .forEach(folders::add);
        }
        return folders.stream()
                .flatMap(Format::filesUnder)
                .filter(file -> file.toString().endsWith(".java"));
    }

    private static Stream<Path> filesUnder(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with a file, or nothing. */
    private Optional<String> fault(Path file) {
        try {
            String found = Files.readString(file);
            String wanted = formatted(found);
            if (wanted.equals(found)) {
                return Optional.empty();
            }
            if (apply) {
                Files.writeString(file, wanted);
                return Optional.empty();
            }
            return Optional.of(file.toString());
        } catch (FormatterException e) {
            return Optional.of(file + " does not parse: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String formatted(String source) throws FormatterException {
        return ImportOrderer.reorderImports(
                RemoveUnusedImports.removeUnusedImports(formatter.formatSource(source)), Style.PALANTIR);
    }
}
