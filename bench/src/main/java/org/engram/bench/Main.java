package org.engram.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Runs a suite of benchmarks and prints its table on stdout; JMH's own report goes to stderr. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description = "Measures the store beside the limit of this machine, in forked JVMs with the flags of this one.")
public final class Main implements Callable<Integer> {

    private static final int FAILED = 70;
    private static final int ROUNDS = 3;
    private static final String PNG = ".png";
    /** The sizes that a quick run takes in place of those of a suite, which may be many times larger. */
    private static final List<Integer> QUICK_NEURONS = List.of(298, 20_000);

    @Option(
            names = "--suite",
            paramLabel = "NAME",
            defaultValue = "float-scan",
            description =
                    "What to measure: float-scan, batch, recall, faiss, subset, append, get, open or all. Default: ${DEFAULT-VALUE}.")
    private String suite;

    @Option(
            names = "--quick",
            description =
                    "One round of short iterations, at most 20,000 neurons: for a first look. Do not quote its figures.")
    private boolean quick;

    @Option(
            names = "--neurons",
            paramLabel = "N",
            split = ",",
            description = "Sizes of the stores to measure. Default: those of the suite. append and get ignore it.")
    private List<Integer> neurons = List.of();

    @Option(
            names = "--dir",
            paramLabel = "DIRECTORY",
            description = "Where the stores are kept: 4 GB with all suites."
                    + " Default: -Dengram.bench.dir, or engram-bench under java.io.tmpdir.")
    private Path directory = BenchStore.defaultDirectory();

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes what JMH measured, as JSON.")
    private Path json;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "Also draws time against size as a PNG; with --suite all, FILE-SUITE.png for each.")
    private Path plot;

    @Option(names = "--gc", description = "Also measures what an operation allocates on the heap.")
    private boolean gc;

    @Spec
    private CommandSpec spec;

    private final List<String> arguments;
    private final PrintStream out;
    private final PrintStream err;

    private Main(List<String> arguments, PrintStream out, PrintStream err) {
        this.arguments = arguments;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the command.
     *
     * @param args its options; {@code --help} lists them
     */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    /** Runs the command with streams of the caller's; the result is the exit code: 0, 1 for usage, 70 for a failure. */
    static int run(PrintStream out, PrintStream err, String... args) {
        CommandLine line = new CommandLine(new Main(List.of(args), out, err));
        line.getCommandSpec().exitCodeOnInvalidInput(1);
        line.setOut(new PrintWriter(out, true, out.charset()));
        line.setErr(new PrintWriter(err, true, err.charset()));
        line.setExecutionExceptionHandler(Main::refuse);
        return line.execute(args);
    }

    private static int refuse(Exception failure, CommandLine line, ParseResult parsed) {
        line.getErr().println("benchmarks: " + failure.getMessage());
        return FAILED;
    }

    @Override
    public Integer call() throws RunnerException, IOException {
        List<Suite> suites = suites();
        requireVectorModule();
        if (suites.contains(Suite.FAISS)) {
            Faiss.require();
        }
        for (int size : neurons) {
            if (size < 1) {
                throw new IllegalArgumentException("--neurons out of range: expected at least 1, found " + size);
            }
        }
        requirePng(plot);
        List<RunResult> all = new ArrayList<>();
        for (Suite each : suites) {
            List<RunResult> results = measure(each);
            if (all.isEmpty()) {
                out.println(Surroundings.describe(arguments));
            }
            all.addAll(results);
            report(each, Measured.of(each, results), suites.size() > 1);
        }
        if (json != null) {
            try (PrintStream file = new PrintStream(json.toFile(), UTF_8)) {
                ResultFormatFactory.getInstance(ResultFormatType.JSON, file).writeOut(all);
            }
        }
        return 0;
    }

    private List<Suite> suites() {
        try {
            return Suite.named(suite);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void report(Suite each, List<Measured> rows, boolean oneOfMany) throws IOException {
        if (oneOfMany) {
            out.println(System.lineSeparator() + "## " + each + System.lineSeparator());
        }
        out.print(ResultTable.of(each, rows));
        out.print(Goals.of(each, rows));
        if (plot != null) {
            String name = plot.getFileName().toString();
            String stem = name.substring(0, name.length() - PNG.length());
            ScalePlot.write(each, rows, oneOfMany ? plot.resolveSibling(stem + "-" + each + PNG) : plot);
        }
    }

    private static void requirePng(Path plot) {
        if (plot != null && !plot.getFileName().toString().endsWith(PNG)) {
            throw new IllegalArgumentException("--plot draws PNG: expected a name that ends in .png, found " + plot);
        }
    }

    /**
     * Forks are started with the flags of this JVM. Without this check they would fail one by one and not say what is
     * missing.
     */
    private static void requireVectorModule() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            throw new IllegalStateException(
                    "the reference needs the vector API: start the JVM with --add-modules jdk.incubator.vector,"
                            + " or with all flags at once: java @store/jvm.args -jar ...");
        }
    }

    /**
     * Runs every benchmark in a fork of its own, one after the other, and all of them again in the next round. JMH
     * would run all forks of a benchmark in a row. This way a load that comes and goes meets all benchmarks alike.
     */
    private List<RunResult> measure(Suite each) throws RunnerException, IOException {
        List<RunResult> results = new ArrayList<>();
        for (int round = 0; round < (quick ? 1 : ROUNDS); round++) {
            for (Class<?> type : each.benchmarks()) {
                List<Integer> sizes = sizes().isEmpty() ? Suite.usualSizes(type) : sizes();
                List<Integer> bearable = sizes.stream()
                        .filter(size -> size <= Suite.mostNeurons(type))
                        .toList();
                if (sizes.isEmpty() || !bearable.isEmpty()) {
                    results.addAll(new Runner(
                                    options(type, bearable),
                                    OutputFormatFactory.createFormatInstance(err, VerboseMode.NORMAL))
                            .run());
                }
            }
        }
        return results;
    }

    /** The sizes to run; none means those of the suite. */
    private List<Integer> sizes() {
        return neurons.isEmpty() && quick ? QUICK_NEURONS : neurons;
    }

    private Options options(Class<?> benchmarks, List<Integer> sizes) throws IOException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(benchmarks.getName() + "."))
                .jvmArgsAppend(
                        ForkFlags.with("-D%s=%s".formatted(BenchStore.DIRECTORY_PROPERTY, directory.toAbsolutePath())))
                .param("blas", Blas.here().name())
                .forks(1)
                .shouldFailOnError(true);
        if (!sizes.isEmpty()) {
            options.param("neurons", sizes.stream().map(String::valueOf).toArray(String[]::new));
        }
        if (gc) {
            options.addProfiler(GCProfiler.class);
        }
        if (quick) {
            options.warmupIterations(3)
                    .warmupTime(TimeValue.milliseconds(300))
                    .measurementIterations(3)
                    .measurementTime(TimeValue.milliseconds(300));
        }
        return options.build();
    }
}
