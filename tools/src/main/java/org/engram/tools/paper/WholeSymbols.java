package org.engram.tools.paper;

import java.util.List;
import java.util.stream.IntStream;
import org.engram.store.Coding;
import org.engram.tools.image.Shown;
import org.engram.tools.qr.QrCodec;

/** Every neuron is shown its whole symbol: Figure 4. */
final class WholeSymbols {

    private WholeSymbols() {}

    /**
     * The outcomes in both codings, how many recalled patterns a QR reader turns back into their text, and the winner's
     * q / R in the paper's coding for each neuron.
     */
    record Result(Outcomes unipolar, Outcomes bipolar, int decoded, List<Double> maxQ) {

        double least() {
            return maxQ.stream().mapToDouble(q -> q).min().orElse(Double.NaN);
        }

        double largest() {
            return maxQ.stream().mapToDouble(q -> q).max().orElse(Double.NaN);
        }
    }

    static Result run(Subject subject) {
        List<PaperRule> answers = IntStream.range(0, subject.neurons())
                .parallel()
                .mapToObj(i -> PaperRule.of(
                        subject.store(), Shown.whole(subject.patterns().get(i)).cue(Coding.UNIPOLAR)))
                .toList();
        long decoded = IntStream.range(0, subject.neurons())
                .parallel()
                .filter(i -> isReadable(subject, answers.get(i).winners().get(0), i))
                .count();
        return new Result(
                outcomes(subject, Coding.UNIPOLAR),
                outcomes(subject, Coding.BIPOLAR),
                Math.toIntExact(decoded),
                answers.stream().map(PaperRule::maxQ).toList());
    }

    /** Whether the pattern that the answer displays reads as the text of the symbol that was shown. */
    private static boolean isReadable(Subject subject, int answer, int shown) {
        return QrCodec.decode(subject.store().pattern(answer))
                .filter(subject.symbols().get(shown).content()::equals)
                .isPresent();
    }

    private static Outcomes outcomes(Subject subject, Coding coding) {
        return Outcomes.of(subject, coding, i -> Shown.whole(subject.patterns().get(i)));
    }
}
