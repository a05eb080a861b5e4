package org.engram.tools.paper;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.engram.tools.image.Png;

/** Draws every figure and writes it as a PNG. */
final class Figures {

    private Figures() {}

    /** Writes all figures, in the order of the report, and replaces files of the same names. */
    static List<Path> write(Subject subject, PaperReport report, Path directory) {
        return List.of(
                write(Plots.figure3(report), directory, "fig3.png"),
                write(Plots.figure4(report), directory, "fig4.png"),
                write(Plots.figure5(report), directory, "fig5.png"),
                write(Plots.figure6(report), directory, "fig6.png"),
                write(Plots.occlusion(report), directory, "occlusion.png"),
                write(Plots.contrast(report), directory, "contrast.png"),
                write(new ContactSheet(subject).draw(), directory, "contact.png"),
                write(QuarterPicture.draw(subject), directory, "quarter.png"));
    }

    private static Path write(BufferedImage picture, Path directory, String name) {
        Path path = directory.resolve(name);
        Png.write(picture, path);
        return path;
    }
}
