package org.engram.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.engram.store.PatternStore;

/** The facts without which figures mean nothing: the machine, the JVM, the kernel, the command and the day. */
final class Surroundings {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Surroundings() {}

    static String describe(List<String> arguments) {
        String command = String.join(" ", arguments);
        return """
                CPU      %s, %d available
                Java     %s, %s
                kernel   %s
                BLAS     %s
                FAISS    %s
                command  java @store/jvm.args -jar bench/target/benchmarks.jar %s
                date     %s
                """.formatted(
                        cpu(),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version(),
                        System.getProperty("java.vendor"),
                        PatternStore.kernel(),
                        Blas.describe(),
                        Faiss.describe(),
                        command,
                        LocalDate.now(ZoneOffset.UTC))
                .replaceAll(" +\n", "\n");
    }

    /** The model as Linux tells it; elsewhere the architecture has to do. */
    private static String cpu() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
