package org.engram.tools.paper;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.engram.store.Coding;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.Verdict;
import org.engram.tools.console.Spread;
import org.engram.tools.image.Shown;
import org.engram.tools.qr.QrCodec;

/**
 * Symbols like the stored ones that were never stored, so every accepted one is a mistake. They are shown whole, and by
 * their lower right quarters.
 */
record Unseen(Part whole, Part quarter) {

    /** How many are generated. */
    static final int COUNT = 1000;

    private static final long SEED = 0x51D7_0B3C_9E48_2FA5L;
    private static final int LENGTH = 8;
    private static final String KATAKANA = alphabet('ァ', 'ヶ');
    private static final String LETTERS = alphabet('A', 'Z') + alphabet('a', 'z');

    /**
     * How one part of the symbols was judged: how many the paper's rule accepts, how many Engram recognises, and the
     * winner's contrast for each.
     */
    record Part(int paperAccepted, int contrastAccepted, List<Double> contrasts) {

        double largestContrast() {
            return Spread.of(contrasts, c -> c).most();
        }
    }

    static Unseen of(Subject subject) {
        List<Pattern> patterns = texts(subject.symbols()).parallelStream()
                .map(text -> QrCodec.encode(text, subject.geometry()))
                .toList();
        return new Unseen(
                judge(subject, patterns, Shown::whole),
                judge(subject, patterns, pattern -> Shown.lowerRight(pattern, subject.quarterSide())));
    }

    /** Texts of eight katakana and of eight letters in turn, all different and none of them stored; always the same. */
    static List<String> texts(List<PaperSymbols.Symbol> symbols) {
        Set<String> taken = new HashSet<>();
        symbols.forEach(symbol -> taken.add(symbol.content()));
        SplittableRandom random = new SplittableRandom(SEED);
        return Stream.iterate(0, i -> i + 1)
                .map(i -> text(random, i % 2 == 0 ? KATAKANA : LETTERS))
                .filter(taken::add)
                .limit(COUNT)
                .toList();
    }

    private static Part judge(Subject subject, List<Pattern> patterns, Function<Pattern, Shown> part) {
        PatternStore store = subject.store();
        long paperAccepted = patterns.parallelStream()
                .filter(pattern -> PaperRule.of(store, part.apply(pattern).cue(Coding.UNIPOLAR))
                        .isAccepted())
                .count();
        List<Recall> recalls = patterns.parallelStream()
                .map(pattern -> store.recall(part.apply(pattern).cue(Coding.BIPOLAR)))
                .toList();
        long contrastAccepted = recalls.stream()
                .filter(recall -> recall.verdict() != Verdict.UNKNOWN)
                .count();
        return new Part(
                Math.toIntExact(paperAccepted),
                Math.toIntExact(contrastAccepted),
                recalls.stream().map(Recall::contrast).toList());
    }

    private static String text(SplittableRandom random, String alphabet) {
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static String alphabet(char first, char last) {
        StringBuilder letters = new StringBuilder();
        for (char letter = first; letter <= last; letter++) {
            letters.append(letter);
        }
        return letters.toString();
    }
}
