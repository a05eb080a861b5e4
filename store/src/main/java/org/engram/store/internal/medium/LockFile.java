package org.engram.store.internal.medium;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.engram.store.Writer;
import org.jspecify.annotations.Nullable;

/** What a lock file says: one line with the writer's pid, host and start, or that the last writer closed. */
final class LockFile {

    private static final int MAX_BYTES = 512;
    private static final String CLOSED = "closed\n";
    private static final Pattern LINE = Pattern.compile("(\\d{1,18}) ([\\w.-]{1,255}) (\\S{1,64})\n");
    private static final Writer UNKNOWN = new Writer(OptionalLong.empty(), Optional.empty(), Optional.empty());

    private static volatile @Nullable Writer thisProcess;

    private LockFile() {}

    static Writer ofThisProcess() {
        // Asking the system takes half the time of an opening, so it is asked once. An Error on the way may be followed
        // by another try, which the initialiser of a class would not allow.
        if (thisProcess == null) {
            thisProcess = of(ProcessHandle.current());
        }
        return thisProcess;
    }

    /** A process of this host. */
    static Writer of(ProcessHandle process) {
        return new Writer(
                OptionalLong.of(process.pid()),
                Optional.of(Host.NAME),
                process.info().startInstant().map(time -> time.truncatedTo(ChronoUnit.SECONDS)));
    }

    static void tryWriteThisProcess(RandomAccessFile file) {
        Writer writer = ofThisProcess();
        String started = writer.started().map(Instant::toString).orElse("-");
        tryWrite(file, writer.pid().getAsLong() + " " + Host.NAME + " " + started + "\n");
    }

    static void tryWriteClosed(RandomAccessFile file) {
        tryWrite(file, CLOSED);
    }

    /** Writes the line if there is room. The lock holds without it. */
    private static void tryWrite(RandomAccessFile file, String line) {
        try {
            file.seek(0);
            file.write(line.getBytes(StandardCharsets.US_ASCII));
            // Cutting it to 0 first would have some file systems write it out when it is closed.
            file.setLength(line.length());
        } catch (IOException e) {
            // others are then told of a writer, but not of its name
        }
    }

    /** Whether the last writer closed, as far as it says. */
    static boolean isClosed(RandomAccessFile file) throws IOException {
        return text(file).equals(CLOSED);
    }

    private static String text(RandomAccessFile file) throws IOException {
        byte[] bytes = new byte[MAX_BYTES];
        file.seek(0);
        int length = Math.max(0, file.read(bytes));
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }

    static Writer read(RandomAccessFile file) throws IOException {
        Matcher line = LINE.matcher(text(file));
        try {
            return line.matches()
                    ? new Writer(
                            OptionalLong.of(Long.parseLong(line.group(1))),
                            Optional.of(line.group(2)),
                            Optional.of(line.group(3))
                                    .filter(time -> !time.equals("-"))
                                    .map(Instant::parse))
                    : UNKNOWN;
        } catch (DateTimeException e) {
            return UNKNOWN;
        }
    }

    /** The name of this host or container; asks no network. */
    private static final class Host {

        static final String NAME = name().replaceAll("[^\\w.-]", "_");

        private static String name() {
            try {
                String name =
                        Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
                if (!name.isEmpty()) {
                    return name;
                }
            } catch (IOException e) {
                // not Linux; the environment may tell
            }
            String name =
                    System.getenv().getOrDefault("HOSTNAME", System.getenv().getOrDefault("COMPUTERNAME", ""));
            return name.isEmpty() ? "this-host" : name;
        }
    }
}
