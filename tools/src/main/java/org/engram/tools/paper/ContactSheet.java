package org.engram.tools.paper;

import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import org.engram.store.Coding;
import org.engram.store.Pattern;
import org.engram.store.Recall;
import org.engram.store.Verdict;
import org.engram.tools.draw.KeyName;
import org.engram.tools.draw.Palette;
import org.engram.tools.draw.Sketchpad;
import org.engram.tools.image.Shown;
import org.engram.tools.qr.QrCodec;

/** Draws a dozen cues of all kinds, the recalled patterns, and where the two differ. */
final class ContactSheet {

    private static final int MARGIN = 24;
    private static final int GAP = 14;
    private static final int WORDS = 236;
    private static final int HEADER = 34;
    private static final int FOOTER = 34;
    private static final int COLUMNS = 2;

    private static final Font BOLD = Palette.font(Font.BOLD, 17);
    private static final Font PLAIN = Palette.font(Font.PLAIN, 16);

    private static final String LEGEND =
            "Hatched: hidden. Difference: orange where the cue is not as the pattern, grey where"
                    + " it is, blue what the pattern adds.";

    private final Subject subject;

    ContactSheet(Subject subject) {
        this.subject = subject;
    }

    /** One row: a cue, and the words beside it. */
    private record Row(Shown shown, String words) {}

    BufferedImage draw() {
        List<Row> rows = rows();
        int side = subject.geometry().width();
        int perColumn = (rows.size() + COLUMNS - 1) / COLUMNS;
        int columnWidth = 3 * (side + GAP) + WORDS;
        try (Sketchpad pad = new Sketchpad(
                COLUMNS * columnWidth + (COLUMNS + 1) * MARGIN, HEADER + perColumn * (side + GAP) + FOOTER)) {
            for (int column = 0; column < COLUMNS; column++) {
                int left = MARGIN + column * (columnWidth + MARGIN);
                for (String heading : List.of("cue", "recalled", "difference")) {
                    pad.centred(heading, PLAIN, Palette.INK, left + side / 2, HEADER - 10);
                    left += side + GAP;
                }
            }
            for (int i = 0; i < rows.size(); i++) {
                int left = MARGIN + i / perColumn * (columnWidth + MARGIN);
                draw(pad, rows.get(i), left, HEADER + i % perColumn * (side + GAP));
            }
            pad.text(LEGEND, PLAIN, Palette.INK, MARGIN, HEADER + perColumn * (side + GAP) + FOOTER - 14);
            return pad.image();
        }
    }

    private void draw(Sketchpad pad, Row row, int left, int top) {
        int step = subject.geometry().width() + GAP;
        Recall recall = subject.store().recall(row.shown().cue(Coding.BIPOLAR));
        Pattern recalled = subject.store().pattern(recall.neuron());
        pad.cue(row.shown(), left, top, 1);
        pad.pattern(recalled, left + step, top, 1);
        pad.difference(row.shown(), recalled, left + 2 * step, top, 1);
        int words = left + 3 * step;
        String key = KeyName.in(PLAIN, recall.key());
        pad.text(recall.verdict().name(), BOLD, Sketchpad.colour(recall.verdict()), words, top + 20);
        pad.text(answer(recall), PLAIN, Palette.INK, words, top + 45);
        pad.text("key " + key, PLAIN, Palette.INK, words, top + 67);
        pad.text("contrast %.2f".formatted(recall.contrast()), PLAIN, Palette.INK, words, top + 89);
        pad.text(row.words(), PLAIN, Palette.INK, words, top + 111);
    }

    private static String answer(Recall recall) {
        if (recall.verdict() == Verdict.AMBIGUOUS) {
            return "neuron %d or others".formatted(recall.neuron());
        }
        return (recall.isRecognised() ? "neuron " : "nearest is neuron ") + recall.neuron();
    }

    private List<Row> rows() {
        int whole = subject.geometry().width();
        int quarter = subject.quarterSide();
        List<String> unseen = Unseen.texts(subject.symbols());
        return List.of(
                square(PaperReference.NEURON, 0, quarter),
                square(105, 0, quarter),
                square(0, 0, 44),
                square(289, 0, 36),
                square(200, 0, 24),
                square(60, 0.1, whole),
                square(25, 0.3, whole),
                square(130, 0.1, quarter),
                square(250, 0.2, quarter),
                new Row(unseen(ResponseFigure.UNSEEN_TEXT), "never stored"),
                new Row(unseen(unseen.get(1)), "never stored"),
                new Row(Shown.lowerRight(unseen(unseen.get(2)).picture(), quarter), "never stored, 25 % seen"));
    }

    private Row square(int neuron, double flipped, int side) {
        String noise = flipped == 0 ? "" : ", %.0f %% flipped".formatted(100 * flipped);
        return new Row(Square.shown(subject, neuron, flipped, side), visible(side) + noise);
    }

    private Shown unseen(String text) {
        return Shown.whole(QrCodec.encode(text, subject.geometry()));
    }

    private String visible(int side) {
        return side == subject.geometry().width() ? "whole" : "%.0f %% seen".formatted(100 * subject.visible(side));
    }
}
