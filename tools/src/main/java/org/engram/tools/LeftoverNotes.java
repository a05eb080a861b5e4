package org.engram.tools;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.engram.store.PatternStore;
import org.engram.tools.console.Console;

/** Shows log lines about the remains of killed runs as notes. A run removes such remains wherever it writes. */
final class LeftoverNotes extends Handler {

    /** A field keeps the loggers: without a reference to it, one could be collected and forget its handler. */
    private static final List<Logger> LOGGERS = List.of(
            Logger.getLogger(PatternStore.class.getPackageName() + ".internal.care"),
            Logger.getLogger(Console.class.getPackageName()));

    private final Console console;

    private LeftoverNotes(Console console) {
        this.console = console;
    }

    static void showOn(Console console) {
        Handler notes = new LeftoverNotes(console);
        for (Logger logger : LOGGERS) {
            logger.setLevel(Level.INFO);
            logger.setUseParentHandlers(false);
            logger.addHandler(notes);
        }
    }

    @Override
    public void publish(LogRecord logged) {
        console.note(new SimpleFormatter().formatMessage(logged));
    }

    @Override
    public void flush() {
        // a note is shown at once
    }

    @Override
    public void close() {
        // the streams belong to the process
    }
}
