package org.engram.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the medians of two rows of a table shall compare.
 *
 * @param what the row, by its benchmark or by its whole path
 * @param size its neurons or bytes
 * @param against the row it is compared with; null for {@link Kind#ABSOLUTE}
 * @param againstSize the neurons or bytes of that row
 * @param times what the time of that row is multiplied with, for a size that is not measured
 * @param kind which way the two are compared
 * @param bound what the ratio shall be; NaN where it is only shown
 */
record Goal(String what, long size, String against, long againstSize, int times, Kind kind, double bound) {

    private static final double MICROS_PER_SECOND = 1e6;

    /** Which way two times are compared. */
    enum Kind {
        /** The ratio of the times is at most the bound. */
        TIME("time", "at most"),
        /** The ratio of the rates is at least the bound. */
        RATE("rate", "at least"),
        /** The seconds are at most the bound. They are compared with nothing. */
        ABSOLUTE("seconds", "at most");

        private final String label;
        private final String side;

        Kind(String label, String side) {
            this.label = label;
            this.side = side;
        }
    }

    /** The time is at most {@code atMost} times that of another row of that size. */
    static Goal time(String what, long size, String against, double atMost) {
        return new Goal(what, size, against, size, 1, Kind.TIME, atMost);
    }

    /** The rate is at least {@code atLeast} times that of another row of that size. */
    static Goal rate(String what, long size, String against, double atLeast) {
        return new Goal(what, size, against, size, 1, Kind.RATE, atLeast);
    }

    /** The time is at most {@code atMost} seconds. */
    static Goal seconds(String what, long size, double atMost) {
        return new Goal(what, size, null, size, 1, Kind.ABSOLUTE, atMost);
    }

    /** The same goal, compared with a row of another size, whose time is multiplied. */
    Goal withAgainst(long otherSize, int multiplied) {
        return new Goal(what, size, against, otherSize, multiplied, kind, bound);
    }

    /** The cells of a line: what, against, ratio and goal; empty when a row was not measured. */
    Optional<List<String>> line(Collection<Measured> rows) {
        Optional<Measured> row = find(rows, what, size);
        Optional<Measured> other = kind == Kind.ABSOLUTE ? row : find(rows, against, againstSize);
        if (row.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        String beside = kind == Kind.ABSOLUTE
                ? ""
                : name(other.get()) + (times == 1 ? "" : String.format(Locale.ROOT, ", times %d", times));
        return Optional.of(List.of(
                name(row.get()),
                beside,
                "%s %s".formatted(kind.label, number(ratio(row.get(), other.get()))),
                Double.isNaN(bound) ? "" : "%s %s".formatted(kind.side, number(bound))));
    }

    private double ratio(Measured row, Measured other) {
        return switch (kind) {
            case TIME -> row.medianUs() / (other.medianUs() * times);
            case RATE -> other.medianUs() * times / row.medianUs();
            case ABSOLUTE -> row.medianUs() / MICROS_PER_SECOND;
        };
    }

    static Optional<Measured> find(Collection<Measured> rows, String name, long size) {
        return rows.stream()
                .filter(row -> row.size() == size)
                .filter(row -> row.path().equals(name) || row.benchmark().equals(name))
                .findFirst();
    }

    private static String name(Measured row) {
        return "%s at %d".formatted(row.path(), row.size());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
    }
}
