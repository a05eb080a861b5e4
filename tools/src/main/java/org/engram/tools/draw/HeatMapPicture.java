package org.engram.tools.draw;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import org.engram.tools.console.Text;
import org.engram.tools.image.Pixels;

/** A heat map as an image: cue, recalled pattern and agreement side by side, with captions and sentences below. */
public final class HeatMapPicture {

    private static final int PANEL = 348;
    private static final int LARGEST_PANEL = 696;
    private static final int MARGIN = 28;
    private static final int HEADER = 66;
    private static final int LEGEND = 100;
    private static final int LINE = 25;
    private static final Font BOLD = Palette.font(Font.BOLD, 20);
    private static final Font PLAIN = Palette.font(Font.PLAIN, 16);

    private HeatMapPicture() {}

    /** Draws the picture, with the name of the second panel and with words below. Long lines are broken. */
    public static BufferedImage draw(HeatMap map, String headline, Color colour, String answer, List<String> words) {
        BufferedImage cue = panel(map.cue());
        int side = cue.getWidth();
        int step = side + MARGIN;
        int width = 3 * step + MARGIN;
        int room = Math.max(40, (width - 2 * MARGIN) / 8);
        List<String> lines = words.stream()
                .flatMap(line -> Text.wrapped(line, room).stream())
                .toList();
        int bottom = HEADER + cue.getHeight();
        try (Sketchpad pad = new Sketchpad(width, bottom + LEGEND + LINE * lines.size())) {
            pad.text(KeyName.in(BOLD, headline), BOLD, colour, MARGIN, 34);
            pad.framed(cue, MARGIN, HEADER);
            pad.framed(panel(map.answer()), MARGIN + step, HEADER);
            pad.framed(panel(map.agreement()), MARGIN + 2 * step, HEADER);
            int middle = MARGIN + side / 2;
            pad.centred("cue", PLAIN, Palette.INK, middle, bottom + 24);
            pad.centred(KeyName.in(PLAIN, answer), PLAIN, Palette.INK, middle + step, bottom + 24);
            pad.centred("agreement", PLAIN, Palette.INK, middle + 2 * step, bottom + 24);
            legend(pad, MARGIN, bottom + 58);
            for (int i = 0; i < lines.size(); i++) {
                pad.text(KeyName.in(PLAIN, lines.get(i)), PLAIN, Palette.INK, MARGIN, bottom + LEGEND + LINE * i);
            }
            return pad.image();
        }
    }

    private static void legend(Sketchpad pad, int left, int baseline) {
        int at = left;
        at = entry(pad, at, baseline, "agrees, black", HeatMap.AGREES);
        at = entry(pad, at, baseline, "agrees, white", HeatMap.AGREES_WHITE);
        at = entry(pad, at, baseline, "differs", HeatMap.DIFFERS);
        entry(pad, at, baseline, "hidden", HeatMap.HIDDEN);
    }

    private static int entry(Sketchpad pad, int left, int baseline, String name, Color colour) {
        pad.box(colour, left, baseline - 14, 16, 16);
        pad.text(name, PLAIN, Palette.INK, left + 24, baseline);
        return left + 24 + 9 * name.length() + 24;
    }

    private static BufferedImage panel(BufferedImage image) {
        return Pixels.onScreen(image, PANEL, LARGEST_PANEL);
    }
}
