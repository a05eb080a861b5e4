package org.engram.tools.repair;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.engram.tools.console.Console;
import org.engram.tools.console.Json;
import org.engram.tools.console.Spread;
import org.engram.tools.console.Table;
import org.engram.tools.console.Text;

/** How many pictures with known texts were read right, folder by folder, for people and as JSON. */
record ScoreReport(Map<String, List<ScoredImage>> folders, int skipped) {

    private record Mistake(String image, String expected, List<String> found) {}

    /** The counts by their names in JSON. There are no seconds when no image could be read. */
    private record Counts(
            int images,
            long right,
            long noText,
            long wrong,
            long zxing,
            long zxingWrong,
            Double medianSeconds,
            Double worstSeconds) {

        static Counts of(List<ScoredImage> images) {
            long wrong = images.stream().filter(ScoredImage::isWrong).count();
            long right = images.stream().filter(ScoredImage::isRight).count();
            long alone = images.stream().filter(ScoredImage::isRightAlone).count();
            long read = images.stream().filter(one -> one.alone().isPresent()).count();
            Spread seconds = Spread.of(images, ScoredImage::seconds);
            return new Counts(
                    images.size(),
                    right,
                    images.size() - right - wrong,
                    wrong,
                    alone,
                    read - alone,
                    seconds.isEmpty() ? null : seconds.median(),
                    seconds.isEmpty() ? null : seconds.most());
        }
    }

    Map<String, Object> json() {
        record Name(String folder) {}
        record Rest(List<Map<String, Object>> folders, List<Mistake> mistakes, int skipped) {}
        List<Map<String, Object>> counted = folders.entrySet().stream()
                .map(folder -> Json.joined(new Name(folder.getKey()), Counts.of(folder.getValue())))
                .toList();
        return Json.joined(Counts.of(all()), new Rest(counted, mistakes(), skipped));
    }

    private List<ScoredImage> all() {
        return folders.values().stream().flatMap(List::stream).toList();
    }

    private List<Mistake> mistakes() {
        return all().stream()
                .filter(ScoredImage::isWrong)
                .map(one -> new Mistake(one.image().toString(), one.expected(), one.found()))
                .toList();
    }

    void print(Console console) {
        int width = folders.keySet().stream()
                .mapToInt(name -> Text.escape(name).length())
                .max()
                .orElse(0);
        Table table = new Table(
                console,
                List.of(
                        Table.Column.text("folder", Math.max(width, "folder".length())),
                        Table.Column.number("images", 6),
                        Table.Column.number("right", 6),
                        Table.Column.number("no text", 7),
                        Table.Column.number("wrong", 6),
                        Table.Column.number("ZXing alone", 11),
                        Table.Column.number("wrong", 6),
                        Table.Column.number("median", 8),
                        Table.Column.number("worst", 8)));
        folders.forEach((name, images) -> table.row(row(name, Counts.of(images))));
        if (folders.size() != 1) {
            table.row(row("all", Counts.of(all())));
        }
        for (Mistake mistake : mistakes()) {
            console.line("%s: expected %s, found %s"
                    .formatted(
                            Text.escape(mistake.image()),
                            Text.quoted(mistake.expected()),
                            mistake.found().stream().map(Text::quoted).collect(Collectors.joining(", "))));
        }
    }

    private static List<String> row(String name, Counts counts) {
        return List.of(
                Text.escape(name),
                Text.count(counts.images()),
                Text.count(counts.right()),
                Text.count(counts.noText()),
                Text.count(counts.wrong()),
                Text.count(counts.zxing()),
                Text.count(counts.zxingWrong()),
                seconds(counts.medianSeconds()),
                seconds(counts.worstSeconds()));
    }

    private static String seconds(Double seconds) {
        return seconds == null ? "-" : Text.decimal(seconds, 2) + " s";
    }
}
