package org.engram.tools.paper;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.engram.tools.image.Png;

/** Draws every figure and writes it as a PNG. */
final class Figures {

    private final Map<String, Supplier<BufferedImage>> pictures = new LinkedHashMap<>();

    Figures(Subject subject, PaperReport report) {
        pictures.put("fig3.png", () -> Plots.figure3(report));
        pictures.put("fig4.png", () -> Plots.figure4(report));
        pictures.put("fig5.png", () -> Plots.figure5(report));
        pictures.put("fig6.png", () -> Plots.figure6(report));
        pictures.put("occlusion.png", () -> Plots.occlusion(report));
        pictures.put("contrast.png", () -> Plots.contrast(report));
        pictures.put("contact.png", () -> new ContactSheet(subject).draw());
        pictures.put("quarter.png", () -> QuarterPicture.draw(subject, report.neuron()));
    }

    /** Writes all figures, in the order of the report, and replaces files of the same names. */
    List<Path> write(Path directory) {
        List<Path> written = new ArrayList<>();
        pictures.forEach((name, picture) -> {
            Path path = directory.resolve(name);
            Png.write(picture.get(), path);
            written.add(path);
        });
        return written;
    }
}
