package org.engram.tools.paper;

import org.engram.store.Coding;
import org.engram.store.Recall;
import org.engram.tools.image.Shown;
import org.engram.tools.qr.QrCodec;

/** The responses of all neurons to one cue, judged by the paper's rule and by Engram's: Figures 3, 5 and 6. */
record ResponseFigure(Shown shown, PaperRule unipolar, Recall bipolar) {

    /** The five kana that were never stored: Figure 6. */
    static final String UNSEEN_TEXT = "アイウエオ";

    static ResponseFigure whole(Subject subject, int neuron) {
        return of(subject, Shown.whole(subject.patterns().get(neuron)));
    }

    static ResponseFigure quarter(Subject subject, int neuron) {
        return of(subject, Shown.lowerRight(subject.patterns().get(neuron), subject.quarterSide()));
    }

    static ResponseFigure unseen(Subject subject) {
        return of(subject, Shown.whole(QrCodec.encode(UNSEEN_TEXT, subject.geometry())));
    }

    private static ResponseFigure of(Subject subject, Shown shown) {
        return new ResponseFigure(
                shown,
                PaperRule.of(subject.store(), shown.cue(Coding.UNIPOLAR)),
                subject.store().recall(shown.cue(Coding.BIPOLAR)));
    }
}
