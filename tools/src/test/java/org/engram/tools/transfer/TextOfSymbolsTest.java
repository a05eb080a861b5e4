package org.engram.tools.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.Images;
import org.engram.tools.fixture.Printed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Symbols that name no charset: what they say, and that nobody is told a guess for the truth. */
class TextOfSymbolsTest {

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void storeSymbols() throws Exception {
        store = directory.resolve("store");
        Cli.run("create", store).expect(0);
        Cli.run(
                        "memorize",
                        store,
                        Images.write(Printed.latin("10 µm"), directory.resolve("micro.png")),
                        Images.write(Printed.latin("Þór"), directory.resolve("thor.png")),
                        Images.write(Printed.latin("plain"), directory.resolve("plain.png")))
                .expect(0);
    }

    private Map<String, Object> repaired(String name, Object... options) throws Exception {
        Object[] call = new Object[4 + options.length];
        System.arraycopy(new Object[] {"repair-qr", store, directory.resolve(name), "--json"}, 0, call, 0, 4);
        System.arraycopy(options, 0, call, 4, options.length);
        return JSON.std.mapFrom(Cli.run(call).out());
    }

    @Test
    void repairSaysTheBytesAndHowTheTextWasFound() throws Exception {
        Map<String, Object> micro = repaired("micro.png");
        assertEquals(
                List.of("10 µm", "MTAgtW0=", "iso-8859-1", "RECOGNISED"),
                List.of(micro.get("text"), micro.get("bytes"), micro.get("textFrom"), micro.get("verdict")));
        Map<String, Object> plain = repaired("plain.png");
        assertEquals(
                List.of("plain", "cGxhaW4=", "ascii"),
                List.of(plain.get("text"), plain.get("bytes"), plain.get("textFrom")));
        assertEquals("Þór", repaired("thor.png").get("text"));
        assertEquals("Ţór", repaired("thor.png", "--charset", "ISO-8859-2").get("text"));
        assertEquals("option", repaired("thor.png", "--charset", "ISO-8859-2").get("textFrom"));
    }

    @Test
    void bytesThatAreNoTextAreNoSuccess() throws Exception {
        Cli.Result result = Cli.run("repair-qr", store, directory.resolve("thor.png"), "--charset", "UTF-8", "--json")
                .expect(4);
        Map<String, Object> json = JSON.std.mapFrom(result.out());
        assertEquals(null, json.get("text"));
        assertEquals("3vNy", json.get("bytes"));
        assertEquals("thor", json.get("key"));
    }

    @Test
    void exportLeavesOutWhatWouldBeAGuess() throws Exception {
        Cli.Result result = Cli.run("export", store, "-", "--format", "csv").expect(2);
        assertEquals("key,text\nplain,plain\n", result.out());
        assertEquals(
                "engram: left out 2 symbols that name no charset and are no UTF-8, \"micro\" first; name it with --charset\n",
                result.err());
        Path file = directory.resolve("out.csv");
        Map<String, Object> json = JSON.std.mapFrom(
                Cli.run("export", store, file, "--json").expect(2).out());
        assertEquals(List.of("micro", "thor"), json.get("uncertain"));
        assertEquals(1, json.get("exported"));
        assertEquals(List.of(), json.get("leftOut"));
    }

    @Test
    void exportTakesTheCharsetThatIsNamed() {
        assertEquals(
                "key,text\nmicro,10 µm\nthor,Þór\nplain,plain\n",
                Cli.run("export", store, "-", "--format", "csv", "--charset", "ISO-8859-1")
                        .expect(0)
                        .out());
        assertEquals(
                "key,text\nplain,plain\n",
                Cli.run("export", store, "-", "--format", "csv", "--charset", "UTF-8")
                        .expect(2)
                        .out());
        assertEquals(
                "engram: --charset is unknown: expected a name such as windows-1252, found nonsense\n",
                Cli.run("export", store, "-", "--format", "csv", "--charset", "nonsense")
                        .expect(1)
                        .err());
    }
}
