package org.engram.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the store is meant to reach in every suite, beside what a run measured. */
final class Goals {

    private static final int SMALL = 298;
    private static final int MEDIUM = 20_000;
    private static final int LARGE = 1_000_000;
    private static final int EXTRAPOLATED = LARGE / MEDIUM;
    private static final double ONLY_SHOWN = Double.NaN;
    private static final int[] ENTRY_SIZES = {EntrySize.BITS, EntrySize.FLOATS, EntrySize.TWO_FLOATS};
    private static final List<String> FASTER_THAN_FLOATS = List.of(
            "clean",
            "occluded",
            "flipped1",
            "flipped10",
            "unseen",
            "packedScan",
            "batchOfClean",
            "batchOfFlipped",
            "batchOfPlanes",
            "batchOfUnseen");

    private Goals() {}

    /** The goals of a suite whose rows were measured, as a table; "" when there is none. */
    static String of(Suite suite, List<Measured> rows) {
        List<List<String>> lines = goals(suite)
                .map(goal -> goal.line(rows))
                .flatMap(Optional::stream)
                .toList();
        if (lines.isEmpty()) {
            return "";
        }
        List<String> header = List.of("what", "against", "ratio", "goal");
        List<List<String>> cells = new ArrayList<>(List.of(header));
        cells.addAll(lines);
        return "\n" + MarkdownTable.layOut(cells, header) + extrapolation(rows);
    }

    /** Exact beside exact; the indexes that may miss are only shown. */
    private static Stream<Goal> besideFaiss(int size) {
        return Stream.of(
                Goal.rate("engram", size, "faiss FLAT", 1.0),
                Goal.rate("engram", size, "faiss IVF", ONLY_SHOWN),
                Goal.rate("engram", size, "faiss HNSW", ONLY_SHOWN));
    }

    private static Stream<Goal> goals(Suite suite) {
        return switch (suite) {
            case FLOAT_SCAN ->
                Stream.of(SMALL, MEDIUM)
                        .flatMap(size -> Stream.of(
                                Goal.time("engram", size, "sgemv", 1.05),
                                Goal.time("nearest", size, "vectorSum", 1.05)));
            case BATCH -> Stream.of(SMALL, MEDIUM).map(size -> Goal.time("engram", size, "sgemm", 1.0));
            case RECALL -> Stream.concat(recall(), neverDearer());
            case FAISS -> Stream.of(MEDIUM, LARGE).flatMap(Goals::besideFaiss);
            case SUBSET -> subset();
            case APPEND -> append();
            case GET -> get();
            case OPEN -> Stream.of(Goal.seconds("getAfterOpening", LARGE, 0.01));
        };
    }

    private static Stream<Goal> recall() {
        return Stream.of(
                Goal.time("packedScan", LARGE, "packedSum", 1.15),
                Goal.rate("clean", LARGE, "floatScan", 500).withAgainst(MEDIUM, EXTRAPOLATED),
                Goal.rate("occluded", LARGE, "floatScan", 500).withAgainst(MEDIUM, EXTRAPOLATED),
                Goal.time("clean", LARGE, "sketchSum", 1.4),
                Goal.time("occluded", LARGE, "sketchSum", 1.4),
                Goal.time("flipped1", LARGE, "packedScan", 0.25),
                Goal.time("flipped10", LARGE, "packedScan", 0.5),
                Goal.time("unseen", LARGE, "packedScan", 1.05),
                Goal.rate("batchOfFlipped", LARGE, "packedScan", 4),
                Goal.rate("batchOfPlanes", LARGE, "packedScan", ONLY_SHOWN),
                Goal.rate("batchOfUnseen", MEDIUM, "unseen", 2),
                Goal.rate("batchOfUnseen", LARGE, "unseen", 2),
                Goal.rate("parallel", LARGE, "flipped10", ONLY_SHOWN),
                Goal.rate("packedSumByTwoThreads", LARGE, "packedSum", ONLY_SHOWN),
                Goal.rate("packedScan", LARGE, "faissStyle", 1.0),
                Goal.rate("cleanWithCue", SMALL, "floatScan", 30),
                Goal.time("counting", SMALL, "clean", 0.02));
    }

    /** A batch beside the same cues one by one, at each size of a pattern. The rest is the spread of a run. */
    private static Stream<Goal> neverDearer() {
        return Stream.of(SMALL, MEDIUM)
                .flatMap(size -> Stream.of(32, 64, 116)
                        .flatMap(side -> Stream.of("Flipped", "Strange")
                                .map(kind -> Goal.time(
                                        "together%s %d".formatted(kind, side),
                                        size,
                                        "alone%s %d".formatted(kind, side),
                                        1.05))));
    }

    private static Stream<Goal> subset() {
        return Stream.of(
                Goal.time("filterAll", LARGE, "plain", 1.1),
                Goal.time("filterMost", LARGE, "plain", 1.1),
                Goal.time("filterOnePercent", LARGE, "plain", 1.0),
                Goal.time("filterOneKey", LARGE, "plain", 1.0),
                Goal.rate("radius", LARGE, "faissStyleRange", 1.0),
                Goal.time("maskedOneKey", MEDIUM, "masked", 0.1));
    }

    private static Stream<Goal> append() {
        int full = EntrySize.TWO_FLOATS;
        Stream<Goal> ofItself = Stream.of(
                Goal.rate("engram", full, "fileChannel", 0.9),
                Goal.rate("engram", full, "randomAccessFile", ONLY_SHOWN),
                Goal.rate("engram", EntrySize.BITS, "engram", 10).withAgainst(full, 1),
                Goal.rate("engramAll", EntrySize.BITS, "engram", 3),
                Goal.rate("engramAll", EntrySize.BITS, "put " + Peer.CHRONICLE_MAP, 1.0));
        return Stream.concat(
                ofItself,
                Stream.of(Peer.values())
                        .flatMap(
                                peer -> ofEntries("engram", "put " + peer, peer.keepsWhatWasPut() ? 1.0 : ONLY_SHOWN)));
    }

    private static Stream<Goal> get() {
        return Stream.of(Peer.values())
                .filter(Peer::keepsWhatWasPut)
                .map(peer -> "get " + peer)
                .flatMap(got -> Stream.concat(
                        ofEntries("engram", got, 1.0),
                        Stream.of(Goal.rate("engramValues", EntrySize.FLOATS, got, 1.0))));
    }

    private static Stream<Goal> ofEntries(String what, String against, double atLeast) {
        return Arrays.stream(ENTRY_SIZES).mapToObj(size -> Goal.rate(what, size, against, atLeast));
    }

    /** What floats would take at the largest size, where nobody has a store of them. */
    private static String extrapolation(List<Measured> rows) {
        Optional<Measured> floatScan = Goal.find(rows, "floatScan", MEDIUM);
        Optional<Measured> clean = Goal.find(rows, "clean", LARGE);
        if (floatScan.isEmpty() || clean.isEmpty()) {
            return "";
        }
        double micros = floatScan.get().medianUs() * EXTRAPOLATED;
        return String.format(
                Locale.ROOT,
                "\nfloatScan at %d, extrapolated as %d times that at %d: %.0f ms. Times faster: %s.\n",
                LARGE,
                EXTRAPOLATED,
                MEDIUM,
                micros / 1e3,
                FASTER_THAN_FLOATS.stream()
                        .map(name -> Goal.find(rows, name, LARGE))
                        .flatMap(Optional::stream)
                        .map(row -> String.format(Locale.ROOT, "%s %.0f", row.path(), micros / row.medianUs()))
                        .collect(Collectors.joining(", ")));
    }
}
