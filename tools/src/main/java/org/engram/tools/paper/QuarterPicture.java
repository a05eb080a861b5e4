package org.engram.tools.paper;

import java.awt.Font;
import java.awt.image.BufferedImage;
import org.engram.store.Coding;
import org.engram.store.Recall;
import org.engram.tools.draw.KeyName;
import org.engram.tools.draw.Palette;
import org.engram.tools.draw.Sketchpad;
import org.engram.tools.image.Shown;

/** One picture that says what a recall is: a quarter of a symbol, an arrow, the whole symbol. */
final class QuarterPicture {

    private static final int SCALE = 3;
    private static final int MARGIN = 30;
    private static final int ARROW = 150;
    private static final int CAPTION = 84;
    private static final Font BOLD = Palette.font(Font.BOLD, 20);
    private static final Font PLAIN = Palette.font(Font.PLAIN, 18);

    private QuarterPicture() {}

    static BufferedImage draw(Subject subject) {
        Shown shown = Shown.lowerRight(subject.patterns().get(PaperReference.NEURON), subject.quarterSide());
        Recall recall = subject.store().recall(shown.cue(Coding.BIPOLAR));
        String answer = "%s: neuron %d".formatted(recall.verdict(), recall.neuron());
        String key = "key %s, contrast %.2f".formatted(KeyName.in(PLAIN, recall.key()), recall.contrast());
        int side = SCALE * subject.geometry().width();
        int right = MARGIN + side + ARROW;
        int words = MARGIN + side + 32;
        try (Sketchpad pad = new Sketchpad(2 * side + ARROW + 2 * MARGIN, side + MARGIN + CAPTION)) {
            pad.cue(shown, MARGIN, MARGIN, SCALE);
            pad.arrow(MARGIN + side + 22, right - 22, MARGIN + side / 2, Palette.INK);
            pad.centred("recall", PLAIN, Palette.INK, MARGIN + side + ARROW / 2, MARGIN + side / 2 - 28);
            pad.pattern(subject.store().pattern(recall.neuron()), right, MARGIN, SCALE);
            pad.centred("a quarter of a stored symbol", BOLD, Palette.INK, MARGIN + side / 2, words);
            pad.centred("the hatched part is hidden", PLAIN, Palette.INK, MARGIN + side / 2, words + 28);
            pad.centred(answer, BOLD, Sketchpad.colour(recall.verdict()), right + side / 2, words);
            pad.centred(key, PLAIN, Palette.INK, right + side / 2, words + 28);
            return pad.image();
        }
    }
}
