package org.engram.tools;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.engram.store.PatternStore;

/**
 * Where a command writes: results to one stream, errors and notes to the other, with what is known of the terminal.
 * Everything shown to people passes {@link Text#escape} first, so that no key can move the cursor.
 */
public final class Console {

    /** The reader of the results went away, as {@code head} does; nobody is left to tell. */
    @SuppressWarnings("serial")
    static final class ClosedPipe extends RuntimeException {
        ClosedPipe() {
            super("the reader of the results has gone", null, false, false);
        }
    }

    private static final int LINES_BETWEEN_CHECKS = 1024;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private final boolean colour;
    private int lines;

    Console(PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal, boolean colour) {
        this.out = out;
        this.err = err;
        this.outIsTerminal = outIsTerminal;
        this.errIsTerminal = errIsTerminal;
        this.colour = colour;
    }

    /** Two streams that are no terminals. */
    static Console plain(PrintStream out, PrintStream err) {
        return new Console(out, err, false, false, false);
    }

    /** Standard output and standard error, in UTF-8 whatever the locale says. */
    static Console ofProcess() {
        boolean outIsTerminal = NativeCalls.isTerminal(1);
        boolean errIsTerminal = NativeCalls.isTerminal(2);
        String noColour = System.getenv("NO_COLOR");
        return new Console(
                stream(FileDescriptor.out, 1 << 16),
                stream(FileDescriptor.err, 1 << 10),
                outIsTerminal,
                errIsTerminal,
                outIsTerminal && (noColour == null || noColour.isEmpty()) && !"dumb".equals(System.getenv("TERM")));
    }

    private static PrintStream stream(FileDescriptor file, int bufferBytes) {
        return new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream(file), bufferBytes),
                false,
                StandardCharsets.UTF_8);
    }

    /**
     * Writes one line of the result.
     *
     * @param text the line, already escaped where it holds what others wrote
     */
    public void line(String text) {
        out.print(text);
        out.print('\n');
        if (++lines % LINES_BETWEEN_CHECKS == 0) {
            requireReader();
        }
    }

    /**
     * Writes one JSON document.
     *
     * @param document maps, lists, texts, numbers, booleans and nulls
     */
    public void json(Object document) {
        line(Json.text(document));
    }

    /**
     * Writes a remark to standard error.
     *
     * @param text one line
     */
    public void note(String text) {
        err.print("engram: note: " + Text.escape(text) + '\n');
        err.flush();
    }

    /** Tells what opening a store for writing has cut off, if it has. */
    void noteRecovery(PatternStore store) {
        if (!store.recovery().isEmpty()) {
            note("an append that was never completed was cut off: " + store.recovery());
        }
    }

    void error(String text) {
        out.flush();
        err.print("engram: " + Text.escape(text) + '\n');
        err.flush();
    }

    void stackTrace(Throwable e) {
        e.printStackTrace(err);
        err.flush();
    }

    /**
     * Starts to show how far a long task is; shows nothing unless standard error is a terminal.
     *
     * @param task what is done
     * @param unit what is counted
     * @param total how many there are
     * @return to be told of each, and closed at the end
     */
    public Progress progress(String task, String unit, long total) {
        return errIsTerminal ? Progress.on(err, task, unit, total) : Progress.silent();
    }

    /**
     * Colours a word on a terminal that wants colours.
     *
     * @param ansi the colour, 31 red, 32 green, 33 yellow
     * @param text the word
     * @return the word, coloured or as it was
     */
    String coloured(int ansi, String text) {
        return colour ? "\u001b[%dm%s\u001b[0m".formatted(ansi, text) : text;
    }

    boolean colour() {
        return colour;
    }

    boolean outIsTerminal() {
        return outIsTerminal;
    }

    PrintWriter outWriter() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    PrintWriter errWriter() {
        return new PrintWriter(err, true, StandardCharsets.UTF_8);
    }

    void flush() {
        out.flush();
        err.flush();
    }

    private void requireReader() {
        if (out.checkError()) {
            throw new ClosedPipe();
        }
    }
}
