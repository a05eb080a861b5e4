package org.engram.tools.console;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes JSON documents; fields keep the order in which they were put. */
public final class Json {

    private static final JSON WRITER =
            JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private static final JSON SHORT_WRITER = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private Json() {}

    /**
     * Writes a document.
     *
     * @param document maps, lists, texts, numbers, booleans and nulls
     * @return its text, without a line end after it
     */
    public static String text(Object document) {
        return text(WRITER, document);
    }

    /**
     * Writes a document that no person reads.
     *
     * @param document maps, lists, texts, numbers, booleans and nulls
     * @return its text on one line, without a line end after it
     */
    public static String line(Object document) {
        return text(SHORT_WRITER, document);
    }

    private static String text(JSON writer, Object document) {
        try {
            return writer.asString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A number as JSON has them.
     *
     * @param value any
     * @return the value, or null when it is NaN or infinite, for which JSON has no word
     */
    public static Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
