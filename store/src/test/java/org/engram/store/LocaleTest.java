package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.engram.store.fixture.CareStores;
import org.engram.store.fixture.ChildJvm;
import org.engram.store.fixture.StoreBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store writes and says is the same in a host of any locale. */
class LocaleTest {

    private static final List<String> ARABIC =
            List.of("-Duser.language=ar", "-Duser.country=EG", "-Dstdout.encoding=UTF-8");
    private static final List<String> TURKISH = List.of("-Duser.language=tr", "-Duser.country=TR");

    @TempDir
    private Path temp;

    /** Says what everybody says who uses a store wrongly, or finds it damaged; the places are left out. */
    static final class Host {

        private Host() {}

        public static void main(String[] args) throws IOException {
            Path store = CareStores.create(Path.of(args[0]).resolve("store"), Layout.FULL);
            System.out.println("%d".formatted(7));
            try (PatternStore open = PatternStore.open(store)) {
                tell(store, () -> open.memorize("k0", Pattern.of(new Geometry(1, 2), 1, 0)));
                tell(store, () -> open.memorize("", open.pattern(0)));
                tell(store, () -> open.memorize("k0", open.pattern(0)));
                tell(store, () -> open.pattern(77));
                tell(store, () -> open.pattern(1));
                tell(store, () -> Pattern.of(open.geometry(), 1, 2, 3));
                tell(store, () -> new Geometry(0, 5000));
            }
            StoreBytes.append(store.resolve("journal"), new byte[200_000]);
            StoreBytes.append(store.resolve("w.stripes"), new byte[7777]);
            StoreCare.inspect(store).notes().forEach(note -> say(store, note.toString()));
            PatternStore.open(store).close();
            StoreBytes.flip(store.resolve("v.stripes"), 5000);
            StoreCare.verify(store, VerifyLevel.WEIGHTS, CareStores.SILENT)
                    .problems()
                    .forEach(problem -> say(store, problem.toString()));
            StoreBytes.flip(store.resolve("header"), 70);
            tell(store, () -> PatternStore.open(store));
            StoreCare.salvage(store, Path.of(args[0]).resolve("salvaged"), CareStores.SILENT)
                    .notes()
                    .forEach(note -> say(store, note.toString()));
        }

        private static void tell(Path store, Runnable call) {
            try {
                call.run();
            } catch (RuntimeException e) {
                say(store, e.getMessage());
            }
        }

        private static void say(Path store, String sentence) {
            System.out.println(sentence.replace(store.toString(), "STORE").replaceAll("CRC32C.*", "CRC32C"));
        }
    }

    private List<String> said(String name, List<String> flags) throws IOException {
        Path directory = Files.createDirectory(temp.resolve(name));
        try (ChildJvm child = ChildJvm.start(Host.class, flags, directory.toString())) {
            List<String> lines = child.remainingLines();
            assertEquals(0, child.exitCode(), child.err());
            return lines;
        }
    }

    @Test
    void messagesHaveTheSameDigitsInEveryLocale() throws IOException {
        List<String> root = said("root", List.of("-Duser.language=en"));
        List<String> arabic = said("arabic", ARABIC);
        assertEquals("7", root.get(0));
        assertEquals("\u0667", arabic.get(0), "the locale has its own digits");
        assertTrue(root.size() > 10, root.toString());
        assertEquals(root.subList(1, root.size()), arabic.subList(1, arabic.size()));
        assertEquals(root, said("turkish", TURKISH));
    }

    @Test
    void namesOfFilesHaveTheSameDigitsInEveryLocale() throws IOException {
        said("arabic", ARABIC);
        try (Stream<Path> files = Files.list(temp.resolve("arabic/store"))) {
            assertEquals(
                    1,
                    files.filter(file -> file.getFileName().toString().matches("journal\\.cut-[0-9]+-[0-9]+"))
                            .count());
        }
    }

    /** The rule of the house says so of every class; here it meets the default locale itself. */
    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "fa", "mr", "th-TH-u-nu-thai", "tr"})
    void aStoreIsPrintedInTheSameDigits(String tag) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            try (PatternStore store = PatternStore.create(temp.resolve("store"))) {
                assertEquals("PatternStore[%s, 116 x 116]".formatted(temp.resolve("store")), store.toString());
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}
