package org.engram.tools.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.engram.cluster.ClusterOptions;
import org.engram.tools.Main;

/** Members as processes that the command starts, and its other verbs within this JVM. */
final class Members implements AutoCloseable {

    private static final int PATIENCE_S = 90;

    private final Path directory;
    private final Path secret;
    private final List<Integer> ports;
    private final Map<Integer, Process> members = new TreeMap<>();

    /** What a run gave. */
    record Result(int code, String out, String err) {

        Result expect(int expected) {
            if (code != expected) {
                throw new AssertionError("expected %s, found %s: %s%s".formatted(expected, code, out, err));
            }
            return this;
        }
    }

    Members(Path directory, int most) throws IOException {
        this.directory = directory;
        this.ports = freePorts(most);
        this.secret = Files.writeString(directory.resolve("key"), "the secret of all members\n");
    }

    private static List<Integer> freePorts(int count) {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < count) {
            InetAddress here = InetAddress.getLoopbackAddress();
            try (ServerSocket one = new ServerSocket(0, 1, here)) {
                int port = one.getLocalPort();
                if (port <= 65535 - ClusterOptions.WATCH_OFFSET && !ports.contains(port)) {
                    new ServerSocket(port + ClusterOptions.WATCH_OFFSET, 1, here).close();
                    ports.add(port);
                }
            } catch (IOException e) {
                // taken: another
            }
        }
        return ports;
    }

    String place(int number) {
        return "127.0.0.1:" + ports.get(number - 1);
    }

    private String hosts() {
        return String.join(",", Stream.iterate(1, n -> n + 1).limit(ports.size()).map(this::place).toList());
    }

    /** How a member is started. */
    List<String> asMember(String verb, int number) {
        return List.of(
                "cluster",
                verb,
                directory.resolve("part" + number).toString(),
                "--name=m" + number,
                "--address=" + place(number),
                "--hosts=" + hosts(),
                "--segments=16",
                "--secret-file=" + secret);
    }

    /** Starts a member; {@link #requireJoined} waits for it. */
    void start(String verb, int number) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("..", "..", "store", "jvm.args"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(asMember(verb, number));
        members.put(
                number,
                new ProcessBuilder(command)
                        .redirectOutput(log(number, "out").toFile())
                        .redirectError(log(number, "err").toFile())
                        .start());
    }

    private Path log(int number, String kind) {
        return directory.resolve("m" + number + "." + kind);
    }

    /** What a member wrote first, once it has joined. */
    String requireJoined(int number) throws Exception {
        for (int i = 0; i < PATIENCE_S * 10; i++) {
            String out = Files.readString(log(number, "out"));
            if (out.contains("\n")) {
                return out;
            }
            if (!members.get(number).isAlive()) {
                break;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("m%s has not joined: %s".formatted(number, Files.readString(log(number, "err"))));
    }

    void startAll(String verb, int... numbers) throws Exception {
        for (int number : numbers) {
            start(verb, number);
        }
        for (int number : numbers) {
            requireJoined(number);
        }
    }

    Process get(int number) {
        return members.get(number);
    }

    /** The exit code of a member that ends, and what it noted, without what Java says itself. */
    Result ended(int number) throws Exception {
        if (!members.get(number).waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            throw new AssertionError("m" + number + " did not end");
        }
        String err = Files.readString(log(number, "err"));
        return new Result(
                members.get(number).exitValue(), Files.readString(log(number, "out")), err.replaceAll("WARNING.*\n", ""));
    }

    /** A verb of a guest, with where the cluster is, its secret and a limit, unless these are given. */
    Result guest(Object... words) {
        List<Object> all = new ArrayList<>(List.of("cluster"));
        all.addAll(Arrays.asList(words));
        for (String usual : List.of("--hosts=" + hosts(), "--secret-file=" + secret, "--limit=5")) {
            String option = usual.replaceFirst("=.*", "=");
            if (all.stream().noneMatch(word -> word.toString().startsWith(option))) {
                all.add(usual);
            }
        }
        return run(all.toArray());
    }

    static Result run(Object... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(Arrays.stream(words).map(String::valueOf).toArray(String[]::new), out, err);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        members.values().forEach(Process::destroyForcibly);
        members.values().forEach(member -> member.onExit().join());
    }
}
