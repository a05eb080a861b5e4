package org.engram.tools.repair;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.engram.tools.console.Console;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.IoReason;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.Text;
import org.engram.tools.image.ImageSource;

/** Reads pictures that have their right texts beside them. */
final class RepairScore {

    private final Map<String, List<ScoredImage>> folders = new LinkedHashMap<>();
    private int skipped;

    /** An image that cannot be read is told and skipped; one without a text beside it is left out. */
    static RepairScore of(QrRepair repairs, List<Path> images, Console console) {
        RepairScore score = new RepairScore();
        List<Path> known =
                images.stream().filter(image -> Files.exists(answerOf(image))).toList();
        if (known.isEmpty()) {
            throw Failure.cannotOpen("nothing to score: expected a text beside an image, such as %s, found none"
                    .formatted(answerOf(images.get(0))));
        }
        try (ProgressLine progress = console.progress("score", "images", known.size())) {
            for (int k = 0; k < known.size(); k++) {
                score.add(repairs, known.get(k), console);
                progress.at(k + 1L);
            }
        }
        if (known.size() < images.size()) {
            console.note("no text beside %s; left out".formatted(Text.count(images.size() - known.size(), "image")));
        }
        return score;
    }

    private void add(QrRepair repairs, Path image, Console console) {
        try {
            ScoredImage scored = ScoredImage.of(repairs, image, text(answerOf(image)));
            folders.computeIfAbsent(folderOf(image), name -> new ArrayList<>()).add(scored);
        } catch (Failure e) {
            console.error(e.getMessage());
            skipped++;
        }
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

    ScoreReport report() {
        return new ScoreReport(folders, skipped);
    }

    int exitCode() {
        return skipped > 0 ? ExitCode.CANNOT_OPEN : ExitCode.FINE;
    }
}
