package org.engram.tools.look;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.engram.tools.console.Text;
import org.engram.tools.fixture.Cli;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that look the same, and keys that a spreadsheet would run. */
class LookAlikeKeysTest {

    private static final String COMPOSED = "Caf\u00e9";
    private static final String DECOMPOSED = "Cafe\u0301";

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void createAStore() {
        store = directory.resolve("s");
        Cli.run("create", store, "--size", "29x29").expect(0);
    }

    private void memorize(String key) {
        Cli.run("memorize", store, "--qr", "x", "--key", key).expect(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cafe\u0301",
                "Caf\u00e9\u200b",
                "\u202aCaf\u00e9",
                "Caf\u00ad\u00e9",
                "\ufeffCaf\u00e9",
                "Caf\u00e9\u00a0"
            })
    void anUnknownKeyTellsOfTheOneThatLooksTheSame(String stored) {
        memorize("other");
        memorize(stored);
        String hint = "; a key that looks the same is there: \"%s\", neuron 1".formatted(Text.ascii(stored));
        assertEquals(
                "engram: key is unknown: \"Caf\u00e9\" is not in %s%s\n".formatted(store, hint),
                Cli.run("show", store, COMPOSED).expect(1).err());
        assertEquals(
                "engram: key is unknown: \"Caf\u00e9\" is not in %s, so nothing was forgotten%s; engram ls shows the keys\n"
                        .formatted(store, hint),
                Cli.run("forget", store, COMPOSED).expect(1).err());
        Cli.run("show", store, stored).expect(0);
    }

    @Test
    void noHintIsGivenOfKeysThatLookAnother() {
        memorize("Caf\u00e8");
        memorize(DECOMPOSED);
        Cli.run("forget", store, DECOMPOSED).expect(0);
        String err = Cli.run("show", store, COMPOSED).expect(1).err();
        assertEquals(
                "engram: key is unknown: %s: expected a key of the store, found \"Caf\u00e9\"; engram ls shows the keys\n"
                        .formatted(store),
                err);
    }

    @Test
    void aListTellsThemApartAndLeavesOthersAsTheyAre() {
        for (String key : List.of(COMPOSED, "Mu\u0308ll", "plain", "plain\u200b", DECOMPOSED)) {
            memorize(key);
        }
        assertEquals(
                List.of("KEY", "Caf\\u00e9", "Mu\u0308ll", "plain", "plain\\u200b", "Cafe\\u0301"),
                Cli.run("ls", store, "--columns", "key")
                        .expect(0)
                        .out()
                        .lines()
                        .map(line -> line.equalsIgnoreCase("key") ? "KEY" : line)
                        .toList());
        assertEquals(
                List.of("key", COMPOSED, "Mu\u0308ll", "plain", "plain\u200b", DECOMPOSED),
                Cli.run("ls", store, "--columns", "key", "--format", "csv")
                        .expect(0)
                        .out()
                        .lines()
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "00ad", "061c", "200b", "200d", "200f", "202e", "2060", "2066", "feff", "fff9", "180e", "0600", "2028", "2029",
        "0085"
    })
    void everyCharacterThatNobodySeesIsShownEscaped(String code) {
        assertEquals("a\\u" + code + "b", Text.escape("a" + (char) Integer.parseInt(code, 16) + "b"));
    }

    @Test
    void theyAreEscapedBeyondTheFirst65536CharactersToo() {
        assertEquals("\\udb40\\udc01", Text.escape(Character.toString(0xE0001)));
        assertEquals("\uD83D\uDE00 \u952e", Text.escape("\uD83D\uDE00 \u952e"));
    }

    @Test
    void cellsThatASpreadsheetWouldRunAreChangedOnRequestOnly() throws Exception {
        for (String key : List.of("=1+1", "+a", "-b", "@c", "d=")) {
            memorize(key);
        }
        String[] ls = {"ls", store.toString(), "--columns", "key,neuron", "--format", "csv"};
        assertEquals(
                "key,neuron\n=1+1,0\n+a,1\n-b,2\n@c,3\nd=,4\n",
                Cli.run((Object[]) ls).expect(0).out());
        assertEquals(
                "key,neuron\n'=1+1,0\n'+a,1\n'-b,2\n'@c,3\nd=,4\n",
                Cli.run(ls[0], ls[1], ls[2], ls[3], ls[4], ls[5], "--spreadsheet")
                        .expect(0)
                        .out());
        Path table = directory.resolve("x.csv");
        Cli.run("export", store, table, "--spreadsheet").expect(0);
        assertEquals("key,text\n'=1+1,x\n'+a,x\n'-b,x\n'@c,x\nd=,x\n", Files.readString(table));
        Cli.run("export", store, directory.resolve("y.csv")).expect(0);
        assertEquals("key,text\n=1+1,x\n+a,x\n-b,x\n@c,x\nd=,x\n", Files.readString(directory.resolve("y.csv")));
        assertEquals(
                "engram: --spreadsheet is for csv and tsv; nothing runs the other kinds\n",
                Cli.run("export", store, directory.resolve("z"), "--spreadsheet")
                        .expect(1)
                        .err());
        assertEquals(
                "engram: --spreadsheet is for --format csv; nothing runs the others\n",
                Cli.run("ls", store, "--spreadsheet").expect(1).err());
    }
}
