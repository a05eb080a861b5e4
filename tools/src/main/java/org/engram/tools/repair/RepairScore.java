package org.engram.tools.repair;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.engram.tools.console.Console;
import org.engram.tools.console.Failure;
import org.engram.tools.console.IoReason;
import org.engram.tools.console.Json;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.Spread;
import org.engram.tools.console.Table;
import org.engram.tools.console.Text;
import org.engram.tools.image.ImageFile;
import org.engram.tools.image.ImageSource;
import org.engram.tools.qr.QrCodec;

/** How many pictures with known texts are read right, by Engram and by a QR reader alone. */
final class RepairScore {

    private final Map<String, List<Try>> folders;
    private final int skipped;

    private RepairScore(Map<String, List<Try>> folders, int skipped) {
        this.folders = folders;
        this.skipped = skipped;
    }

    /** What was read of one picture. */
    private record Try(Path image, String expected, List<String> found, Optional<String> alone, double seconds) {

        boolean isWrong() {
            return found.stream().anyMatch(text -> !isSame(text, expected));
        }

        boolean isRight() {
            return !found.isEmpty() && !isWrong();
        }
    }

    private record Mistake(String image, String expected, List<String> found) {}

    /** The counts of some tries, by their names in JSON. */
    private record Counts(
            int images,
            long right,
            long noText,
            long wrong,
            long zxing,
            long zxingWrong,
            double medianSeconds,
            double worstSeconds) {

        static Counts of(List<Try> tries) {
            long wrong = tries.stream().filter(Try::isWrong).count();
            long right = tries.stream().filter(Try::isRight).count();
            long zxing = tries.stream()
                    .filter(one -> one.alone()
                            .filter(text -> isSame(text, one.expected()))
                            .isPresent())
                    .count();
            long zxingAll =
                    tries.stream().filter(one -> one.alone().isPresent()).count();
            Spread seconds = Spread.of(tries, Try::seconds);
            return new Counts(
                    tries.size(),
                    right,
                    tries.size() - right - wrong,
                    wrong,
                    zxing,
                    zxingAll - zxing,
                    seconds.median(),
                    seconds.most());
        }
    }

    /** An image that cannot be read is told and skipped; one without a text beside it is left out. */
    static RepairScore of(QrRepair repairs, List<Path> images, Console console) {
        Map<String, List<Try>> folders = new LinkedHashMap<>();
        int skipped = 0;
        try (ProgressLine progress = console.progress("score", "images", images.size())) {
            int done = 0;
            for (Path image : images) {
                Path answer = answerOf(image);
                if (Files.exists(answer)) {
                    try {
                        folders.computeIfAbsent(folderOf(image), name -> new ArrayList<>())
                                .add(attempt(repairs, image, text(answer)));
                    } catch (Failure e) {
                        console.error(e.getMessage());
                        skipped++;
                    }
                }
                progress.at(++done);
            }
        }
        folders.values().removeIf(List::isEmpty);
        if (folders.isEmpty()) {
            throw Failure.cannotOpen("nothing to score: expected a text beside an image, such as %s, found none"
                    .formatted(answerOf(images.get(0))));
        }
        return new RepairScore(folders, skipped);
    }

    private static Try attempt(QrRepair repairs, Path image, String expected) {
        Raster raster = Raster.of(ImageFile.read(image));
        long start = System.nanoTime();
        List<Repair> all = repairs.repairAll(raster);
        double seconds = (System.nanoTime() - start) / 1e9;
        List<String> found =
                all.stream().filter(Repair::isRepaired).map(Repair::text).toList();
        return new Try(image, expected, found, QrCodec.decode(raster.source()), seconds);
    }

    private static Path answerOf(Path image) {
        return image.resolveSibling(ImageSource.keyOf(String.valueOf(image.getFileName())) + ".txt");
    }

    private static String folderOf(Path image) {
        Path parent = image.getParent();
        return parent == null ? "." : parent.toString();
    }

    private static String text(Path answer) {
        try {
            return Files.readString(answer);
        } catch (IOException e) {
            throw Failure.cannotOpen("cannot read %s: %s".formatted(answer, IoReason.of(e)), e);
        }
    }

    private static boolean isSame(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replaceAll("\\R", "\n")
                .strip();
    }

    Map<String, Object> json() {
        record Folders(List<Map<String, Object>> folders, List<Mistake> mistakes, int skipped) {}
        record Name(String folder) {}
        return Json.joined(
                Counts.of(all()),
                new Folders(
                        folders.entrySet().stream()
                                .map(folder -> Json.joined(new Name(folder.getKey()), Counts.of(folder.getValue())))
                                .toList(),
                        mistakes(),
                        skipped));
    }

    private List<Try> all() {
        return folders.values().stream().flatMap(List::stream).toList();
    }

    private List<Mistake> mistakes() {
        return all().stream()
                .filter(Try::isWrong)
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
                        Table.Column.text("folder", Math.max(width, "all".length())),
                        Table.Column.number("images", 6),
                        Table.Column.number("right", 6),
                        Table.Column.number("no text", 7),
                        Table.Column.number("wrong", 6),
                        Table.Column.number("ZXing alone", 11),
                        Table.Column.number("wrong", 6),
                        Table.Column.number("median", 8),
                        Table.Column.number("worst", 8)));
        folders.forEach((name, tries) -> table.row(row(name, Counts.of(tries))));
        if (folders.size() > 1) {
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
                Text.decimal(counts.medianSeconds(), 2) + " s",
                Text.decimal(counts.worstSeconds(), 2) + " s");
    }
}
