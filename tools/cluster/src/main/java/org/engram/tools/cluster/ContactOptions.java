package org.engram.tools.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.engram.cluster.ClusterOptions;
import org.engram.tools.console.Failure;
import org.engram.tools.console.IoReason;
import picocli.CommandLine.Option;

/** How to find a cluster and to be let in. For {@code @Mixin} fields. */
final class ContactOptions {

    private static final String VARIABLE = "ENGRAM_SECRET";

    @Option(
            names = "--hosts",
            paramLabel = "HOST[:PORT]",
            split = ",",
            description = "Where members are, separated by commas; some of them are enough. Port 7800 without one "
                    + "(a guest: 127.0.0.1:7800).")
    private List<String> hosts = List.of();

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            defaultValue = "engram",
            description = "The name of the cluster (${DEFAULT-VALUE}).")
    private String cluster;

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "The first line of this file is the secret of the cluster; without it, the variable "
                    + "ENGRAM_SECRET is, if it is set.")
    private Path secretFile;

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            description = "How long to try (a guest: 10; a member: 120).")
    private Integer limit;

    private ClusterOptions options(int usualLimit) {
        Failure.requirePositive("--limit", limit);
        Duration time = Duration.ofSeconds(limit == null ? usualLimit : limit);
        return Failure.argument(() -> ClusterOptions.DEFAULT
                .withCluster(cluster)
                .withHosts(hosts.toArray(String[]::new))
                .withSecret(secret())
                .withLimits(ClusterOptions.DEFAULT.recallLimit(), time));
    }

    ClusterOptions ofMember() {
        return options((int) ClusterOptions.DEFAULT.joinLimit().toSeconds());
    }

    ClusterOptions ofGuest() {
        if (hosts.isEmpty()) {
            hosts = List.of("127.0.0.1:" + ClusterOptions.DEFAULT.port());
        }
        return options((int) ClusterOptions.DEFAULT.recallLimit().toSeconds());
    }

    String cluster() {
        return cluster;
    }

    private String secret() {
        if (secretFile == null) {
            String given = System.getenv(VARIABLE);
            return given == null ? "" : given;
        }
        try (var lines = Files.lines(secretFile)) {
            return lines.findFirst().orElse("").strip();
        } catch (IOException e) {
            throw Failure.cannotOpen("cannot read %s: %s".formatted(secretFile, IoReason.of(e)), e);
        }
    }
}
