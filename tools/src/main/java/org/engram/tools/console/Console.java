package org.engram.tools.console;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.engram.store.PatternStore;

/**
 * Writes what a command says: results to one stream, errors and notes to the other. It knows what the terminal can do.
 * Everything shown to people passes {@link Text#escape} first, so that no key can move the cursor.
 */
public final class Console {

    /** The results can no longer be written, so the verb need not go on. {@link #lostResults} tells why. */
    @SuppressWarnings("serial")
    public static final class LostResults extends RuntimeException {
        LostResults() {
            super("the results cannot be written", null, false, false);
        }
    }

    private static final int LINES_BETWEEN_CHECKS = 1024;

    private final ResultStream results;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean errIsTerminal;
    private final boolean colour;
    private final Terminal terminal;
    private ProgressLine progress = ProgressLine.silent();
    private int lines;

    public Console(OutputStream out, OutputStream err, boolean errIsTerminal, boolean colour, Terminal terminal) {
        this.results = new ResultStream(out);
        this.out = stream(results, 1 << 16);
        this.err = stream(err, 1 << 10);
        this.errIsTerminal = errIsTerminal;
        this.colour = colour;
        this.terminal = terminal;
    }

    /** A console of two streams that are no terminals. */
    public static Console plain(OutputStream out, OutputStream err) {
        return new Console(out, err, false, false, Terminal.NONE);
    }

    /** The console of standard output and standard error, in UTF-8 whatever the locale says. */
    public static Console ofProcess() {
        Terminal terminal = Terminal.ofProcess();
        String noColour = System.getenv("NO_COLOR");
        return new Console(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                NativeCalls.isTerminal(2),
                terminal.isTerminal()
                        && (noColour == null || noColour.isEmpty())
                        && !"dumb".equals(System.getenv("TERM")),
                terminal);
    }

    private static PrintStream stream(OutputStream to, int bufferBytes) {
        return new PrintStream(new BufferedOutputStream(to, bufferBytes), false, StandardCharsets.UTF_8);
    }

    /** Writes one line of the result. Parts that others wrote must be escaped already. */
    public void line(String text) {
        out.print(text);
        out.print('\n');
        count();
    }

    private void count() {
        if (++lines % LINES_BETWEEN_CHECKS == 0) {
            requireResults();
        }
    }

    public void json(Object document) {
        line(Json.text(document));
    }

    /** Writes one JSON array, element by element as they come. */
    public void jsonArray(Stream<Map<String, Object>> elements) {
        out.print('[');
        String separator = " ";
        for (Map<String, Object> element : (Iterable<Map<String, Object>>) elements::iterator) {
            out.print(separator + Json.text(element));
            separator = ", ";
            count();
        }
        line(" ]");
    }

    /** Writes a remark of one line to standard error. */
    public void note(String text) {
        say("engram: note: " + Text.escape(text));
    }

    /** Tells what a crash left in a store that was opened for writing, if one did. */
    public void noteRecovery(PatternStore store) {
        store.recovery().ifPresent(found -> note(found.toString()));
    }

    /** Writes an error of one line to standard error. */
    public void error(String text) {
        out.flush();
        say("engram: " + Text.escape(text));
    }

    /** Writes a line in one piece, because another thread draws the bar. */
    private void say(String line) {
        err.print(progress.erasing() + line + '\n');
        err.flush();
    }

    /** Writes a result that is no line of text: to a new file, or to standard output when the path is {@code -}. */
    public void write(Path path, NewFile.Content content) {
        if (!StandardStream.isMeant(path)) {
            NewFile.write(path, content);
            return;
        }
        try {
            NewFile.fill(results, content);
        } catch (IOException e) {
            if (results.failure() != null) {
                throw new LostResults();
            }
            throw Failure.cannotOpen("cannot write standard output: %s".formatted(IoReason.of(e)), e);
        }
    }

    public void stackTrace(Throwable e) {
        e.printStackTrace(err);
        err.flush();
    }

    /** Starts to show how far a long task is. It shows nothing unless standard error is a terminal. The caller closes it. */
    public ProgressLine progress(String task, String unit, long total) {
        progress = errIsTerminal ? ProgressLine.on(err, task, unit, total) : ProgressLine.silent();
        return progress;
    }

    /** Shows the progress of a task that tells how many neurons there are once it knows. */
    public ProgressLine progress(String task) {
        return progress(task, "neurons", ProgressLine.UNKNOWN);
    }

    /** Colours a word on a terminal that wants colours: 31 red, 32 green, 33 yellow. */
    public String coloured(int ansi, String text) {
        return colour ? "\u001b[%dm%s\u001b[0m".formatted(ansi, text) : text;
    }

    public boolean colour() {
        return colour;
    }

    public Terminal terminal() {
        return terminal;
    }

    public PrintWriter outWriter() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    public PrintWriter errWriter() {
        return new PrintWriter(err, true, StandardCharsets.UTF_8);
    }

    public void flush() {
        out.flush();
        err.flush();
    }

    /** Why results were lost so far: null when none were, or when their reader went away, as {@code head} does. */
    public IOException lostResults() {
        IOException failure = results.failure();
        return failure == null || IoReason.isBrokenPipe(failure) ? null : failure;
    }

    /** Flushes what was written so far, and ends the verb when the reader is gone. */
    public void requireResults() {
        if (out.checkError()) {
            throw new LostResults();
        }
    }
}
