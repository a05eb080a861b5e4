package org.engram.store.internal.recall;

import java.util.List;
import org.engram.store.BestOf;
import org.engram.store.Candidate;
import org.engram.store.Coding;
import org.engram.store.Criteria;
import org.engram.store.Judgement;
import org.engram.store.Judgement.Criterion;
import org.engram.store.Judgement.Measure;
import org.engram.store.Recall;
import org.engram.store.internal.neurons.NeuronTable;
import org.jspecify.annotations.Nullable;

/**
 * Judges over several cues for one question. The winner i is the neuron of least d_i under any cue; for unipolar cues, that
 * of greatest response. Any other neuron j is a rival under every cue, and i itself under none.
 *
 * <p>The distance of i and j is not known where they fit different cues, since they turn as the question does. It is at
 * most {@code D_ij <= d_i + d_j}, or {@code (sqrt d_i + sqrt d_j)^2} for real values. This bound is taken for D_ij, so
 * the contrast is never too high. Then only the nearest j of each cue can matter. As it is often far too low, it is
 * held against the contrast of the criteria as they are, and not against the higher one that is asked among few
 * neurons. In a store with masks, d is the share of the pixels that cue and neuron both know, and a neuron that knows
 * too little of a cue is no rival under it.
 */
public final class BestCue {

    /** Two candidates show the nearest neuron that is not the winner. */
    private static final int TWO = 2;

    /** If more candidates than this are wanted, the cue that fits best is recalled again, alone. */
    private static final int FEW = 64;

    private final List<Votes> cues;
    private final List<Recall> answers;
    private final NeuronTable.View neurons;
    private final boolean masked;
    private final float bar;
    private final int best;

    private BestCue(List<Votes> cues, List<Recall> answers, NeuronTable.View neurons, boolean masked, float bar) {
        this.cues = cues;
        this.answers = answers;
        this.neurons = neurons;
        this.masked = masked;
        this.bar = bar;
        int fitting = 0;
        for (int c = 1; c < cues.size(); c++) {
            fitting = fitsBetter(c, fitting) ? c : fitting;
        }
        this.best = fitting;
    }

    /** Answers one cue or more, all of one coding. */
    public static BestOf of(List<Votes> cues, BatchRecognizer recognizer, NeuronTable.View neurons, Request request) {
        boolean once = !request.hasRadius() && request.candidates() <= FEW;
        int named = once ? Math.max(TWO, request.candidates()) : TWO;
        List<Recall> answers =
                recognizer.recall(cues, neurons, request.withoutRadius().withCandidates(named));
        float bar = request.criteriaOr(neurons.criteria()).contrast();
        BestCue found = new BestCue(cues, answers, neurons, recognizer.isMasked(cues.get(0)), bar);
        Recall alone = once
                ? first(request.candidates(), answers.get(found.best))
                : recognizer
                        .recall(List.of(cues.get(found.best)), neurons, request)
                        .get(0);
        return new BestOf(found.best, new Recall(found.judged(alone.judgement()), alone.candidates()));
    }

    /** The same answer with at most this many candidates. */
    private static Recall first(int most, Recall answer) {
        if (answer.candidates().size() <= most) {
            return answer;
        }
        Judgement all = answer.judgement();
        List<Judgement.Rival> rivals =
                all.rivals().subList(0, Math.min(most - 1, all.rivals().size()));
        return new Recall(
                new Judgement(all.criteria(), all.hasTwin(), all.contrast(), rivals),
                answer.candidates().subList(0, most));
    }

    private boolean fitsBetter(int cue, int other) {
        return cues.get(cue).coding() == Coding.UNIPOLAR
                ? answers.get(cue).winner().q() > answers.get(other).winner().q()
                : share(cue, answers.get(cue).winner())
                        < share(other, answers.get(other).winner());
    }

    /** d of a neuron under a cue; infinite when nothing votes, or nobody knows enough of it. */
    private double share(int cue, Candidate neuron) {
        int voters = cues.get(cue).voters();
        if (voters == 0 || (masked && !isCompeting(cue, 0))) {
            return Double.POSITIVE_INFINITY;
        }
        return masked ? 1 - neuron.agreement() : neuron.deficit() / voters;
    }

    /** Whether a neuron with unknown pixels knows enough of a cue, by its rank. */
    private boolean isCompeting(int cue, int rank) {
        Judgement judgement = answers.get(cue).judgement();
        return rank == 0
                ? !judgement.criteria().isEmpty()
                : !Double.isNaN(judgement.rivals().get(rank - 1).contrast());
    }

    private Judgement judged(Judgement alone) {
        if (alone.criteria().isEmpty()) {
            return alone;
        }
        boolean byResponse = alone.criteria().get(0).measure() == Measure.THRESHOLD;
        boolean twin = alone.hasTwin();
        double least = 1;
        Candidate winner = answers.get(best).winner();
        for (int c = 0; c < cues.size(); c++) {
            Candidate rival = c == best ? null : nearestBut(winner.neuron(), c);
            if (rival == null) {
                continue;
            }
            if (byResponse) {
                twin |= rival.q() == winner.q();
                continue;
            }
            double ofWinner = share(best, winner);
            double ofRival = share(c, rival);
            twin |= ofWinner == 0 && ofRival == 0;
            least = Math.min(least, contrast(ofWinner, ofRival, isCounted(c)));
        }
        return new Judgement(
                lowered(alone.criteria(), least),
                twin,
                twin && !Double.isNaN(alone.contrast()) ? 0 : Math.min(alone.contrast(), least),
                alone.rivals());
    }

    /** The nearest neuron to a cue that competes and is not the winner; null when there is none. */
    private @Nullable Candidate nearestBut(int winner, int cue) {
        List<Candidate> candidates = answers.get(cue).candidates();
        int rank = !candidates.isEmpty() && candidates.get(0).neuron() == winner ? 1 : 0;
        return rank < candidates.size() && (!masked || isCompeting(cue, rank)) ? candidates.get(rank) : null;
    }

    private boolean isCounted(int cue) {
        return neurons.notTwoValued() == 0
                && cues.get(cue).isTwoValued()
                && cues.get(best).isTwoValued();
    }

    /** The least that c_ij may be; 1 for a j that is too far behind to be a rival, or no more than a twin. */
    private static double contrast(double ofWinner, double ofRival, boolean counted) {
        int factor = counted ? Criteria.RIVAL_FACTOR : Criteria.RIVAL_FACTOR * Criteria.RIVAL_FACTOR;
        if (ofRival > factor * ofWinner || ofRival == 0) {
            return 1;
        }
        if (!counted) {
            double nearer = Math.sqrt(ofWinner);
            double further = Math.sqrt(ofRival);
            return (further - nearer) / (further + nearer);
        }
        double share = 1 - 2 * ofWinner;
        return share <= 0 ? 0 : Math.min(1, (ofRival - ofWinner) / ((ofRival + ofWinner) * share));
    }

    private List<Criterion> lowered(List<Criterion> criteria, double contrast) {
        return criteria.stream()
                .map(one -> one.measure() == Measure.CONTRAST && contrast < bar
                        ? new Criterion(one.measure(), Math.min(one.value(), contrast), one.bar())
                        : one)
                .toList();
    }
}
