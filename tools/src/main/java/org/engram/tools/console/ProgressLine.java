package org.engram.tools.console;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a long task is, with its rate and the time left. */
public final class ProgressLine implements AutoCloseable {

    /** A total that is not known yet. */
    public static final long UNKNOWN = -1;

    private static final int COLUMNS = 79;
    private static final int REDRAW_MS = 200;

    private final ProgressBar bar;
    private boolean closed;

    private ProgressLine(ProgressBar bar) {
        this.bar = bar;
    }

    public static ProgressLine silent() {
        return new ProgressLine(null);
    }

    /**
     * A progress line on a stream that is a terminal. Its width is given, since asking the terminal for it would load
     * native code.
     */
    static ProgressLine on(PrintStream err, String task, String unit, long total) {
        return new ProgressLine(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUnit(" " + unit, 1)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MS)
                .clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(err, COLUMNS))
                .build());
    }

    public void at(long done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    public void at(long done, long total) {
        if (bar != null) {
            bar.maxHint(total);
            bar.stepTo(done);
        }
    }

    /** The characters that take the bar off its line, so that other text can stand there. The bar is drawn again below. */
    String erasing() {
        return bar == null || closed ? "" : "\r" + " ".repeat(COLUMNS) + "\r";
    }

    @Override
    public void close() {
        closed = true;
        if (bar != null) {
            bar.close();
        }
    }
}
