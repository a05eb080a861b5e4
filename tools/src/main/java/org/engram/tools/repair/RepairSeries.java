package org.engram.tools.repair;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.engram.tools.console.Console;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Json;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.Text;
import org.engram.tools.image.ImageFile;

/** Tells the results for many pictures: a line for each as it comes, and a last line; or one JSON document. */
final class RepairSeries {

    private final Console console;
    private final boolean asJson;
    private final List<Map<String, Object>> images = new ArrayList<>();
    private int repaired;
    private int noText;
    private int skipped;

    RepairSeries(Console console, boolean asJson) {
        this.console = console;
        this.asJson = asJson;
    }

    /** An image that cannot be read is told and skipped. */
    void run(QrRepair repairs, List<Path> files) {
        long start = System.nanoTime();
        try (ProgressLine progress = console.progress("repair-qr", "images", files.size())) {
            for (Path file : files) {
                try {
                    Raster raster = Raster.of(ImageFile.read(file));
                    add(file, repairs.repairAll(raster), RepairReport.given(raster));
                } catch (Failure e) {
                    console.error(e.getMessage());
                    skipped++;
                }
                progress.at(repaired + noText + skipped);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        record Counts(List<Map<String, Object>> images, int repaired, int noText, int skipped, double seconds) {}
        if (asJson) {
            console.json(new Counts(images, repaired, noText, skipped, seconds));
        } else {
            console.line("%s: %s repaired, %s without a text%s; %s s"
                    .formatted(
                            Text.count(files.size(), "image"),
                            Text.count(repaired),
                            Text.count(noText),
                            skipped == 0 ? "" : ", %s skipped".formatted(Text.count(skipped)),
                            Text.decimal(seconds, 1)));
        }
    }

    private void add(Path file, List<Repair> all, String given) {
        RepairReport report = new RepairReport(all, given);
        RepairReport.tellDoubts(all, console);
        if (all.get(0).isRepaired()) {
            repaired++;
        } else {
            noText++;
        }
        if (asJson) {
            Map<String, Object> image = new LinkedHashMap<>();
            image.put("image", file.toString());
            images.add(Json.joined(image, report.json()));
        } else {
            all.forEach(repair -> console.line(
                    "%s: %s".formatted(Text.escape(file.toString()), RepairReport.headline(repair, console))));
            // An interrupt loses no line of an image that is done.
            console.flush();
        }
    }

    int exitCode() {
        return skipped > 0 ? ExitCode.CANNOT_OPEN : noText > 0 ? ExitCode.NOT_RECOGNISED : ExitCode.FINE;
    }
}
