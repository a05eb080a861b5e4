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

/** What a lock file says of the writer: one line with its pid, its host and when it started. Empty without a writer. */
final class LockFile {

    private static final int MAX_BYTES = 512;
    private static final Pattern LINE = Pattern.compile("(\\d{1,18}) ([\\w.-]{1,255}) (\\S{1,64})\n");
    private static final Writer UNKNOWN = new Writer(OptionalLong.empty(), Optional.empty(), Optional.empty());

    private LockFile() {}

    static Writer ofThisProcess() {
        ProcessHandle process = ProcessHandle.current();
        return new Writer(
                OptionalLong.of(process.pid()),
                Optional.of(Host.NAME),
                process.info().startInstant().map(time -> time.truncatedTo(ChronoUnit.SECONDS)));
    }

    /** Writes it as far as there is room: the lock holds without it. */
    static void tryWrite(RandomAccessFile file) {
        Writer writer = ofThisProcess();
        String line = "%s %s %s\n"
                .formatted(
                        writer.pid().getAsLong(),
                        Host.NAME,
                        writer.started().map(Instant::toString).orElse("-"));
        try {
            file.setLength(0);
            file.seek(0);
            file.write(line.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // others are then told of a writer, but not of its name
        }
    }

    static Writer read(RandomAccessFile file) throws IOException {
        byte[] bytes = new byte[MAX_BYTES];
        file.seek(0);
        int length = Math.max(0, file.read(bytes));
        Matcher line = LINE.matcher(new String(bytes, 0, length, StandardCharsets.US_ASCII));
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
