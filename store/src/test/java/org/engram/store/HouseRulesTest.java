package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What keeps the parts apart: one class maps, one class vectorises, and no class does what a library must not. What keeps
 * the files of all modules short is here as well.
 */
class HouseRulesTest {

    private static final Path SOURCES = Path.of("src/main/java");

    private static final List<String> MODULES = List.of(".", "cluster", "../tools", "../tools/cluster", "../bench");

    /** The modules in which NullAway checks what is marked. */
    private static final List<String> NULL_CHECKED = List.of(".", "cluster");

    private static final int MOST_LINES = 399;
    private static final int MOST_CHARACTERS = 70;

    private static List<String> classesThatMention(String text) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> mentions(read(file), text))
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .sorted()
                    .toList();
        }
    }

    /** Not at the end of a longer name. */
    private static boolean mentions(String source, String text) {
        return Pattern.compile("(?<!\\w)" + Pattern.quote(text)).matcher(source).find();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void onlyOneClassKnowsChronicle() throws IOException {
        assertEquals(List.of("ChronicleMapping"), classesThatMention("import net.openhft"));
    }

    @Test
    void onlyTheVectorKernelsImportTheVectorApi() throws IOException {
        assertEquals(
                List.of("VectorBitKernel", "VectorDistanceKernel", "VectorKernel", "VectorMaskKernel", "VectorPlanes"),
                classesThatMention("import jdk.incubator.vector"));
    }

    @Test
    void noClassChangesGlobalStateOrOpensTheNetworkOrStartsAThread() throws IOException {
        for (String forbidden : List.of(
                "System.setProperty",
                "java.net.",
                "new Thread",
                "Executors",
                "System.out",
                "System.err",
                "printStackTrace")) {
            assertEquals(List.of(), classesThatMention(forbidden), forbidden);
        }
    }

    @Test
    void theClassesThatReadAPropertyAreFewAndKnown() throws IOException {
        assertEquals(List.of("ForcedKernel", "JvmFlags", "Mappings"), classesThatMention("System.getProperty"));
    }

    @Test
    void thePartsThatWriteAreFewAndKnown() throws IOException {
        assertEquals(List.of("Disk", "WriterLock"), classesThatMention("RandomAccessFile("));
        for (String change : List.of("Files.delete", "Files.move", "Files.create")) {
            assertEquals(List.of("Disk"), classesThatMention(change), change);
        }
        // The one that maps opens for reading.
        assertEquals(List.of("Disk", "JdkMapping"), classesThatMention("FileChannel.open"));
        for (String change : List.of("Files.write", "Files.copy", "Files.newOutputStream", "FileOutputStream")) {
            assertEquals(List.of(), classesThatMention(change), change);
        }
    }

    /** In a host of another locale {@code %d} has other digits. {@code %s}, {@code %x} and plain joining have not. */
    @Test
    void noClassFormatsByTheDefaultLocale() throws IOException {
        Pattern conversion = Pattern.compile("%(\\d+\\$)?[-#+0,(]*\\d*(\\.\\d+)?([dfeEgGaA]|[tT][a-zA-Z])");
        Pattern casing = Pattern.compile("to(Lower|Upper)Case\\(\\)");
        assertEquals(List.of(), classesThatMatch(conversion));
        assertEquals(List.of(), classesThatMatch(casing));
        for (String forbidden : List.of(
                "NumberFormat",
                "DecimalFormat",
                "MessageFormat",
                "DateTimeFormatter",
                "SimpleDateFormat",
                "Collator")) {
            assertEquals(List.of(), classesThatMention(forbidden), forbidden);
        }
    }

    @Test
    void noFileOfAnyModuleIsLongerThanFourHundredLines() throws IOException {
        assertEquals(
                List.of(),
                inAllModules(
                        "main",
                        (file, source) -> source.lines().count() <= MOST_LINES
                                ? Stream.of()
                                : Stream.of(
                                        "%s: %s".formatted(file, source.lines().count()))));
    }

    @Test
    void noTestNameOfAnyModuleIsLongerThanSeventyCharacters() throws IOException {
        Pattern tooLong = Pattern.compile("void \\w{%s,}\\(".formatted(MOST_CHARACTERS + 1));
        assertEquals(
                List.of(),
                inAllModules(
                        "test",
                        (file, source) -> tooLong.matcher(source)
                                .results()
                                .map(found -> "%s: %s".formatted(file, found.group()))));
    }

    @Test
    void everyPackageThatIsCheckedForNullIsMarked() throws IOException {
        for (String module : NULL_CHECKED) {
            try (Stream<Path> files = Files.walk(Path.of(module).resolve(SOURCES))) {
                assertEquals(
                        List.of(),
                        files.filter(file -> file.toString().endsWith(".java"))
                                .map(file -> file.resolveSibling("package-info.java"))
                                .distinct()
                                .filter(file -> !Files.exists(file) || !mentions(read(file), "@NullMarked"))
                                .toList());
            }
        }
    }

    private static List<String> inAllModules(String side, BiFunction<Path, String, Stream<String>> wrong)
            throws IOException {
        List<String> found = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of(module, "src", side, "java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .flatMap(file -> wrong.apply(file, read(file)))
                        .sorted()
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static List<String> classesThatMatch(Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> pattern.matcher(read(file)).find())
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .sorted()
                    .toList();
        }
    }
}
