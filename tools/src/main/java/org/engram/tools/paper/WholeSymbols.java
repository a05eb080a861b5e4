package org.engram.tools.paper;

import java.util.List;
import java.util.stream.IntStream;
import org.engram.store.Coding;
import org.engram.tools.console.Spread;
import org.engram.tools.image.Shown;
import org.engram.tools.qr.QrCodec;

/**
 * The results when every neuron is shown its whole symbol: Figure 4. {@code decoded} counts the recalled patterns that
 * a QR reader turns back into their text. {@code maxQ} is the winner's q / R in the paper's coding for each neuron.
 */
record WholeSymbols(Square square, int decoded, List<Double> maxQ) {

    static WholeSymbols of(Subject subject) {
        List<PaperRule> answers = IntStream.range(0, subject.neurons())
                .parallel()
                .mapToObj(i -> PaperRule.of(
                        subject.store(), Shown.whole(subject.patterns().get(i)).cue(Coding.UNIPOLAR)))
                .toList();
        long decoded = IntStream.range(0, subject.neurons())
                .parallel()
                .filter(i -> isReadable(subject, answers.get(i).winners().get(0), i))
                .count();
        return new WholeSymbols(
                Square.of(subject, 0, subject.geometry().width()),
                Math.toIntExact(decoded),
                answers.stream().map(PaperRule::maxQ).toList());
    }

    Spread spread() {
        return Spread.of(maxQ, q -> q);
    }

    /** Whether the pattern that the answer displays reads as the text of the symbol that was shown. */
    private static boolean isReadable(Subject subject, int answer, int shown) {
        return QrCodec.decode(subject.store().pattern(answer))
                .filter(subject.symbols().get(shown).content()::equals)
                .isPresent();
    }
}
