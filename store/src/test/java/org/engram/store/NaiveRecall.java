package org.engram.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Recall as the model defines it, pixel by pixel in double precision: what the library has to agree with. */
final class NaiveRecall {

    private record Stored(int neuron, Pattern pattern) {}

    private final List<Stored> live = new ArrayList<>();
    private int next;

    void memorize(Pattern pattern) {
        live.add(new Stored(next++, pattern));
    }

    void forget(int neuron) {
        live.removeIf(stored -> stored.neuron == neuron);
    }

    record Answer(Verdict verdict, double contrast, List<Integer> neurons, double q, double agreement) {}

    Answer recall(Pattern shown, Mask visible, Coding coding, int k, Criteria criteria) {
        int pixels = shown.geometry().pixels();
        double[] votes = new double[pixels];
        int voters = 0;
        float[] values = shown.values();
        for (int j = 0; j < pixels; j++) {
            double value = values[j];
            boolean seen = visible.isVisible(j);
            votes[j] = coding == Coding.BIPOLAR ? (seen ? 2 * value - 1 : 0) : (seen ? value : 1);
            voters += votes[j] != 0 ? 1 : 0;
        }
        List<Stored> ranked = new ArrayList<>(live);
        ranked.sort(
                Comparator.comparingDouble((Stored s) -> -dot(s.pattern, votes)).thenComparingInt(Stored::neuron));
        Stored winner = ranked.get(0);
        double q = dot(winner.pattern, votes);
        double d = voters == 0 ? 1 : disagreement(winner.pattern, votes, voters);
        double contrast = 1;
        boolean twin = false;
        boolean tied = false;
        for (Stored rival : live) {
            if (rival.neuron == winner.neuron) {
                continue;
            }
            tied |= dot(rival.pattern, votes) == q;
            double dRival = voters == 0 ? 1 : disagreement(rival.pattern, votes, voters);
            double between = voters == 0 ? 0 : difference(winner.pattern, rival.pattern, votes, voters);
            if (dRival > 3 * d) {
                continue;
            }
            if (between == 0) {
                twin = true;
            } else {
                contrast = Math.min(contrast, 1 - 2 * d <= 0 ? 0 : (dRival - d) / (between * (1 - 2 * d)));
            }
        }
        boolean known;
        if (voters == 0) {
            known = false;
        } else if (coding == Coding.UNIPOLAR) {
            known = q / pixels >= criteria.threshold();
        } else if (live.size() < 8) {
            known = 1 - d >= criteria.agreement();
        } else {
            known = contrast >= criteria.contrast() && d <= criteria.disagreement();
        }
        boolean ambiguous = coding == Coding.UNIPOLAR ? tied : twin;
        Verdict verdict = !known ? Verdict.UNKNOWN : ambiguous ? Verdict.AMBIGUOUS : Verdict.RECOGNISED;
        List<Integer> neurons = ranked.stream().limit(k).map(Stored::neuron).toList();
        return new Answer(verdict, voters == 0 ? Double.NaN : twin ? 0 : contrast, neurons, q, 1 - d);
    }

    private static double dot(Pattern pattern, double[] votes) {
        double sum = 0;
        float[] values = pattern.values();
        for (int j = 0; j < votes.length; j++) {
            sum += values[j] * votes[j];
        }
        return sum;
    }

    private static double disagreement(Pattern pattern, double[] votes, int voters) {
        int wrong = 0;
        float[] values = pattern.values();
        for (int j = 0; j < votes.length; j++) {
            wrong += votes[j] != 0 && (votes[j] > 0) != (values[j] > 0) ? 1 : 0;
        }
        return (double) wrong / voters;
    }

    private static double difference(Pattern a, Pattern b, double[] votes, int voters) {
        int wrong = 0;
        float[] valuesOfA = a.values();
        float[] valuesOfB = b.values();
        for (int j = 0; j < votes.length; j++) {
            wrong += votes[j] != 0 && valuesOfA[j] != valuesOfB[j] ? 1 : 0;
        }
        return (double) wrong / voters;
    }
}
