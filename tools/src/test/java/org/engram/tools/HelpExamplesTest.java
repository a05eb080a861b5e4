package org.engram.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.awt.Color;
import java.awt.Polygon;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.tools.console.Console;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Npy;
import org.engram.tools.fixture.Photo;
import org.engram.tools.qr.QrCodec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the help says one can type, typed in a directory where everything is that it names. */
class HelpExamplesTest {

    private static final int SIDE = Geometry.PAPER.width();

    /** What an example makes, and so must not be there before it. */
    private static final Map<String, Set<String>> MADE =
            Map.of("engram", Set.of("signs"), "create", Set.of("signs"), "salvage", Set.of("saved"));

    /** The exit code of a process that was told to end. */
    private static final int TERMINATED = 143;

    /** An example that no shell would change a word of. */
    private static final String PLAIN = "engram [-\\w ./,]+";

    @TempDir
    private static Path shared;

    @TempDir
    private Path directory;

    @TempDir
    private Path elsewhere;

    @BeforeAll
    static void makeWhatTheExamplesName() throws Exception {
        // one example shows neuron 145
        Stream<String> many = IntStream.range(0, 146).mapToObj(i -> "A" + i);
        teach("signs", Stream.concat(Stream.of("HELLO", "GI", "KU", "two words", "road-1"), many));
        teach("symbols", Stream.of("HELLO", "GI", "KU"));
        teach("other-store", Stream.of("other-1", "other-2"));
        Cli.run("copy", shared.resolve("signs"), shared.resolve("saved")).expect(0);
        for (String exported : List.of("photos", "photos.zip", "texts.csv")) {
            Cli.run("export", shared.resolve("other-store"), shared.resolve(exported))
                    .expect(0);
        }
        Cli.run("export", shared.resolve("other-store"), shared.resolve("texts"), "--format", "tsv")
                .expect(0);
        Files.delete(shared.resolve("photos/keys.tsv"));
        Files.createDirectories(shared.resolve(".config/fish/completions"));
        byte[] digits = new byte[2 * SIDE * SIDE];
        digits[0] = (byte) 255;
        Files.write(shared.resolve("digits.npy"), Npy.of("'|u1'", "(2, %d, %d)".formatted(SIDE, SIDE), digits));
        Files.writeString(shared.resolve("digits.keys"), "seven\neight\n");
        makeImages();
    }

    private static void makeImages() throws IOException {
        Photo sign = Photo.of(symbol("KU"));
        int half = SIDE / 2;
        sign.write(shared.resolve("photos/ku.png"));
        sign.torn(new Polygon(new int[] {0, SIDE, 0}, new int[] {0, 0, SIDE}, 3))
                .write(shared.resolve("torn.png"));
        sign.painted(Color.GRAY, new Rectangle(0, 0, SIDE, half)).write(shared.resolve("photo.png"));
        sign.painted(Color.BLACK, new Rectangle(0, 0, half, SIDE)).write(shared.resolve("half.png"));
        Photo.of(symbol("GI")).write(shared.resolve("gi.png"));
        Photo.of(symbol("LABEL")).write(shared.resolve("label.png"));
        Path labels = Files.createDirectory(shared.resolve("labels"));
        sign.painted(Color.WHITE, new Rectangle(0, 0, half, half)).write(labels.resolve("ku.png"));
        Files.writeString(labels.resolve("ku.txt"), "KU");
        for (String name : List.of("stained.jpg", "shelf.jpg", "monday.jpg")) {
            writeJpeg(sign.painted(Color.GRAY, new Rectangle(0, 0, half, half)), shared.resolve(name));
        }
    }

    private static void writeJpeg(Photo photo, Path file) throws IOException {
        BufferedImage opaque = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB); // no JPEG is transparent
        opaque.createGraphics().drawImage(photo.image(), 0, 0, null);
        assertTrue(ImageIO.write(opaque, "jpeg", file.toFile()));
    }

    private static Pattern symbol(String text) {
        return QrCodec.encode(text, Geometry.PAPER);
    }

    /** A store of the symbols of these texts, each under its text. */
    private static void teach(String name, Stream<String> texts) {
        try (PatternStore open = PatternStore.create(shared.resolve(name))) {
            texts.forEach(text -> open.memorize(text, symbol(text)));
        }
    }

    private static Stream<String> verbs() {
        // Those of a cluster are typed where its jar is.
        return EngramCommand.VERBS.stream().map(EngramCommand::nameOf).filter(verb -> !verb.equals("cluster"));
    }

    private static Stream<String> examples() {
        return verbs().flatMap(verb -> examplesOf(verb).stream());
    }

    /** Without the words beside them, which stand at least three blanks away. */
    private static List<String> examplesOf(String verb) {
        return Cli.run(verb, "--help")
                .out()
                .lines()
                .dropWhile(line -> !line.equals("Examples:"))
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.strip().replaceFirst(" {3,}.*", ""))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void everyVerbHasExamplesAndTheyAreOfThisVerb(String verb) {
        List<String> examples = examplesOf(verb);
        assertFalse(examples.isEmpty());
        examples.forEach(example -> assertEquals(verb, verbOf(example), example));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleRuns(String example) throws Exception {
        fill(verbOf(example), example);
        boolean isEndless = verbOf(example).equals("watch");
        Cli.Result result = isEndless ? watch(example) : run(smaller(example));
        assertEquals(isEndless ? TERMINATED : 0, result.code(), () -> example + "\n" + result.err());
    }

    @Test
    void theExamplesOfTheHelpOfAllRunOneAfterTheOther() throws Exception {
        String help = Cli.run("--help").expect(0).out();
        String examples = help.substring(help.indexOf("Examples: ") + "Examples: ".length());
        fill("engram", examples);
        for (String example : examples.strip().split("; ", -1)) {
            run(example).expect(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "engram ls sings",
                "engram ls signs --al",
                "engram ls sings > keys",
                "engram ls signs --al | sort",
                "engram ls signs --filter A*.png"
            })
    void anExampleThatDoesNotWorkIsNoticed(String example) throws Exception {
        fill("ls", example);
        Files.createFile(directory.resolve("A1.png"));
        Files.createFile(directory.resolve("A2.png"));
        assertNotEquals(0, run(example).code());
    }

    private static String verbOf(String example) {
        return example.replaceFirst("^.*\\| (?=engram )", "").split(" ", -1)[1];
    }

    /** Puts the things there that are named, as to copy them all takes long. */
    private void fill(String verb, String named) throws IOException {
        try (Stream<Path> files = Files.list(shared)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (named.contains(name) && !MADE.getOrDefault(verb, Set.of()).contains(name)) {
                    copy(file);
                }
            }
        }
        if (verb.equals("memorize")) {
            // the keys of the examples are new, except the one to replace
            Cli.run("forget", directory.resolve("signs"), "GI", "HELLO").expect(0);
            Cli.run("memorize", directory.resolve("signs"), "--qr", "an earlier sign", "--key", "gi")
                    .expect(0);
        }
    }

    private void copy(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(shared.relativize(file).toString()));
            }
        }
    }

    /** The same with less to do, where the paper's 298 symbols would take too long. */
    private static String smaller(String example) {
        return verbOf(example).equals("stress") && !example.contains("--symbols") ? example + " --symbols 3" : example;
    }

    private Cli.Result run(String example) throws Exception {
        return example.matches(PLAIN) ? runHere(example) : resultOf(shell(example));
    }

    /** Within this JVM, as if the directory were the one it works in. */
    private Cli.Result runHere(String example) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.plain(out, err);
        CommandLine engram = Main.commandLine(console);
        engram.registerConverter(Path.class, word -> word.equals("-") ? Path.of(word) : directory.resolve(word));
        String[] words = example.split(" ", -1);
        int code = engram.execute(List.of(words).subList(1, words.length).toArray(String[]::new));
        console.flush();
        return new Cli.Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A shell that tells when any command of a pipe fails, not the last one only. */
    private Process shell(String example) throws IOException {
        String engram =
                Cli.process().command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        ProcessBuilder shell = new ProcessBuilder(
                        "bash",
                        "--norc",
                        "-o",
                        "pipefail",
                        "-c",
                        "engram() { %s \"$@\"; }\n%s".formatted(engram, example))
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(elsewhere.resolve("err").toFile());
        shell.environment().put("HOME", directory.toString());
        return shell.start();
    }

    private Cli.Result resultOf(Process shell) throws Exception {
        if (!shell.waitFor(60, TimeUnit.SECONDS)) {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            fail("the example did not end");
        }
        return new Cli.Result(
                shell.exitValue(),
                Files.readString(directory.resolve("out")),
                Files.readString(elsewhere.resolve("err")));
    }

    /** Ends it once it has told something, to its output or to a file, as it goes on for long. */
    private Cli.Result watch(String example) throws Exception {
        long before = bytesInTheDirectory();
        Process shell = shell(example);
        while (shell.isAlive() && bytesInTheDirectory() == before) {
            Thread.sleep(10);
        }
        shell.descendants().forEach(ProcessHandle::destroy);
        return resultOf(shell);
    }

    private long bytesInTheDirectory() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
