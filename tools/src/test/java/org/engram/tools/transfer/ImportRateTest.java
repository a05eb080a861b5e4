package org.engram.tools.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.StoreOptions;
import org.engram.tools.fixture.Campaign;
import org.engram.tools.fixture.Cli;
import org.engram.tools.qr.QrCodec;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Imports symbols of the paper's size, and prints how fast that is beside a loop that stores the same patterns, made
 * before, with the library. Both include the last sync and closing, and no other store of that layout is there meanwhile,
 * as two may need more memory than there is to keep files in. The library is measured before every import, as other work
 * on the machine may change its rate, and the median counts; microseconds of all processors for each symbol depend less
 * on that.
 */
class ImportRateTest {

    private static final int SYMBOLS = Campaign.IMPORT;

    @TempDir
    private Path directory;

    private final List<String> texts = new ArrayList<>();
    private final List<Pattern> patterns = new ArrayList<>();

    private void makeSymbols(int count) {
        Random random = new Random(count);
        texts.clear();
        patterns.clear();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = 0; k < 8; k++) {
                text.append((char) ('A' + random.nextInt(26)));
            }
            texts.add(text.toString());
            patterns.add(QrCodec.encode(text.toString(), Geometry.PAPER));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PACKED", "FULL"})
    void everySymbolArrivesAndTheRatesArePrinted(Layout layout) throws Exception {
        makeSymbols(Math.min(SYMBOLS, 5000));
        measure(layout, false);
        makeSymbols(SYMBOLS);
        measure(layout, true);
    }

    /**
     * What it took to store a symbol.
     *
     * @param rate symbols a second
     * @param cpu microseconds of all processors together
     */
    private record Cost(double rate, double cpu) {

        String beside(Cost library) {
            return "%,d/s, %.1f us of processors, ratio %.2f".formatted(Math.round(rate), cpu, rate / library.rate);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void measure(Layout layout, boolean print) throws IOException {
        Path expected = directory.resolve("expected");
        append(Layout.PACKED, expected);
        Path table = directory.resolve("x.tsv");
        writeTable(table);
        Path array = directory.resolve("x.npy");
        Path keys = directory.resolve("x.keys");
        Path archive = directory.resolve("x.zip");
        Path images = directory.resolve("images");
        Cli.run("export", expected, array).expect(0);
        Cli.run("export", expected, archive).expect(0);
        Cli.run("export", expected, images).expect(0);
        Map<String, List<Object>> sources = new LinkedHashMap<>();
        sources.put("npy", List.of(array, "--keys", keys));
        sources.put("tsv", List.of(table));
        sources.put("store", List.of(expected));
        sources.put("zip", List.of(archive));
        sources.put("directory", List.of(images));
        List<Cost> library = new ArrayList<>();
        Map<String, Cost> imports = new LinkedHashMap<>();
        for (Map.Entry<String, List<Object>> source : sources.entrySet()) {
            library.add(appending(layout));
            imports.put(source.getKey(), importing(layout, expected, source.getValue()));
        }
        delete(expected);
        delete(images);
        for (Path file : List.of(array, keys, archive)) {
            Files.delete(file);
        }
        if (print) {
            library.sort(Comparator.comparingDouble(Cost::rate));
            Cost median = library.get(library.size() / 2);
            System.out.printf("%s, %,d symbols%n", layout, patterns.size());
            library.forEach(cost -> System.out.printf("  %-20s %s%n", "library", cost.beside(median)));
            imports.forEach(
                    (source, cost) -> System.out.printf("  %-20s %s%n", "import of " + source, cost.beside(median)));
        }
    }

    private void append(Layout layout, Path store) {
        try (PatternStore open = PatternStore.create(store, StoreOptions.DEFAULT.withLayout(layout))) {
            for (int i = 0; i < patterns.size(); i++) {
                open.memorize("k" + i, patterns.get(i));
            }
        }
    }

    private Cost appending(Layout layout) throws IOException {
        Path store = directory.resolve("library");
        Cost cost = cost(() -> append(layout, store));
        delete(store);
        return cost;
    }

    private Cost importing(Layout layout, Path expected, List<Object> source) throws IOException {
        Path store = directory.resolve("imported");
        PatternStore.create(store, StoreOptions.DEFAULT.withLayout(layout)).close();
        List<Object> args = new ArrayList<>(List.of("import", store, "--json"));
        args.addAll(source);
        Cost cost = cost(() -> {
            Cli.Result result = Cli.run(args.toArray()).expect(0);
            assertEquals(patterns.size(), JSON.std.mapFrom(result.out()).get("stored"));
        });
        Cli.run("diff", expected, store).expect(0);
        delete(store);
        return cost;
    }

    private Cost cost(Work work) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Cost(patterns.size() / seconds, (system.getProcessCpuTime() - cpu) / 1e3 / patterns.size());
    }

    private void writeTable(Path table) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            lines.add("k" + i + "\t" + texts.get(i));
        }
        Files.write(table, lines);
    }

    private static void delete(Path store) throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(store);
    }
}
