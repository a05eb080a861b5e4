package org.engram.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Runs a suite of benchmarks and prints its table on stdout; JMH's own report goes to stderr. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description = "Measures the store beside the limit of this machine, in forked JVMs with the flags of this one.")
public final class Main implements Callable<Integer> {

    private static final int FAILED = 70;
    private static final int ROUNDS = 3;

    @Option(
            names = "--suite",
            paramLabel = "NAME",
            defaultValue = "float-scan",
            description = "What to measure: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Suite suite;

    @Option(names = "--quick", description = "One round of short iterations: a look, no figure to quote.")
    private boolean quick;

    @Option(
            names = "--neurons",
            paramLabel = "N",
            split = ",",
            description = "Sizes of the stores to measure. Default: those of the suite.")
    private List<Integer> neurons = List.of();

    @Option(
            names = "--dir",
            paramLabel = "DIRECTORY",
            description = "Where the stores are kept; 20,000 neurons take 2.2 GB."
                    + " Default: -Dengram.bench.dir, or engram-bench under java.io.tmpdir.")
    private Path directory = BenchStore.defaultDirectory();

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes what JMH measured, as JSON.")
    private Path json;

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
        line.registerConverter(Suite.class, Suite::named);
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
    public Integer call() throws RunnerException, FileNotFoundException {
        requireVectorModule();
        for (int size : neurons) {
            if (size < 1) {
                throw new IllegalArgumentException("--neurons out of range: expected at least 1, found " + size);
            }
        }
        List<RunResult> results = measure();
        out.println(Surroundings.describe(arguments));
        out.print(ResultTable.of(suite, results));
        return 0;
    }

    /** Forks are started with the flags of this JVM, and would fail one by one without a word of what is missing. */
    private static void requireVectorModule() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            throw new IllegalStateException(
                    "the reference needs the vector API: start the JVM with --add-modules jdk.incubator.vector,"
                            + " or with all flags at once: java @store/jvm.args -jar ...");
        }
    }

    /**
     * Runs every benchmark in a fork of its own, one after the other, and all of them again in the next round: a load that
     * comes and goes then meets them all alike, not only the one whose forks JMH would run in a row.
     */
    private List<RunResult> measure() throws RunnerException, FileNotFoundException {
        List<RunResult> results = new ArrayList<>();
        for (int round = 0; round < (quick ? 1 : ROUNDS); round++) {
            results.addAll(
                    new Runner(options(), OutputFormatFactory.createFormatInstance(err, VerboseMode.NORMAL)).run());
        }
        if (json != null) {
            try (PrintStream file = new PrintStream(new FileOutputStream(json.toFile()), false, UTF_8)) {
                ResultFormatFactory.getInstance(ResultFormatType.JSON, file).writeOut(results);
            }
        }
        return results;
    }

    private Options options() {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + suite.benchmarks().getName() + "\\.")
                .jvmArgsAppend("-D%s=%s".formatted(BenchStore.DIRECTORY_PROPERTY, directory.toAbsolutePath()))
                .forks(1)
                .shouldFailOnError(true);
        if (!neurons.isEmpty()) {
            options.param("neurons", neurons.stream().map(String::valueOf).toArray(String[]::new));
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
