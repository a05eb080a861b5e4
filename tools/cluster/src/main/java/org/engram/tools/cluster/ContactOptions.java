package org.engram.tools.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.engram.cluster.ClusterOptions;
import org.engram.tools.console.Failure;
import org.engram.tools.console.IoReason;
import picocli.CommandLine.Option;

/** Options that tell which cluster is meant, and how to be let in. For {@code @Mixin} fields of the two subclasses. */
abstract class ContactOptions {

    private static final String VARIABLE = "ENGRAM_SECRET";

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            defaultValue = "engram",
            description = "The name of the cluster (${DEFAULT-VALUE}).")
    private String cluster;

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "A file whose first line is the secret of the cluster (the variable ENGRAM_SECRET, if set).")
    private Path secretFile;

    abstract List<String> hosts();

    abstract int limit();

    final String cluster() {
        return cluster;
    }

    final ClusterOptions options() {
        Failure.requirePositive("--limit", limit());
        return Failure.argument(() -> ClusterOptions.DEFAULT
                .withCluster(cluster)
                .withHosts(hosts().toArray(String[]::new))
                .withSecret(secret())
                .withLimits(ClusterOptions.DEFAULT.recallLimit(), Duration.ofSeconds(limit())));
    }

    private static List<String> split(String hosts) {
        return hosts.isBlank() ? List.of() : List.of(hosts.split(",", -1));
    }

    private String secret() {
        if (secretFile == null) {
            String given = System.getenv(VARIABLE);
            return given == null ? "" : given.strip();
        }
        try (Stream<String> lines = Files.lines(secretFile)) {
            String first = lines.findFirst().orElse("").strip();
            if (first.isEmpty()) {
                throw Failure.cannotOpen("%s: expected the secret in the first line, found none; write it there".formatted(secretFile));
            }
            return first;
        } catch (UncheckedIOException e) {
            throw Failure.cannotOpen("%s: expected text in UTF-8, found other bytes; write the secret as text".formatted(secretFile), e);
        } catch (IOException e) {
            throw Failure.cannotOpen("cannot read %s: %s".formatted(secretFile, IoReason.of(e)), e);
        }
    }

    /** The options of a process that looks from outside. */
    static final class OfGuest extends ContactOptions {

        @Option(
                names = "--hosts",
                paramLabel = "HOSTS",
                defaultValue = "127.0.0.1:7800",
                description = "Where members are, such as 10.0.0.1,10.0.0.2:7801; some of them are enough. Port 7800 where "
                        + "none is named (${DEFAULT-VALUE}).")
        private String hosts;

        @Option(
                names = "--limit",
                paramLabel = "SECONDS",
                defaultValue = "10",
                description = "How long to look for a cluster that runs (${DEFAULT-VALUE}).")
        private int limit;

        @Override
        List<String> hosts() {
            return split(hosts);
        }

        @Override
        int limit() {
            return limit;
        }
    }

    /** The options of a member. */
    static final class OfMember extends ContactOptions {

        @Option(
                names = "--hosts",
                paramLabel = "HOSTS",
                description = "Where the other members are, such as 10.0.0.1,10.0.0.2:7801; some of them are enough, and this "
                        + "one may be among them. Its own port where none is named.")
        private String hosts = "";

        @Option(
                names = "--limit",
                paramLabel = "SECONDS",
                defaultValue = "120",
                description = "How long to wait for members that are missing (${DEFAULT-VALUE}).")
        private int limit;

        @Override
        List<String> hosts() {
            return split(hosts);
        }

        @Override
        int limit() {
            return limit;
        }
    }
}
