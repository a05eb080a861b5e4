package org.engram.store;

import java.util.List;
import org.engram.store.Judgement.Rival;
import org.engram.store.internal.recall.Contrast;
import org.engram.store.internal.recall.Judging;

/**
 * How the winner of a recall stands against its rivals, for hosts that keep patterns in several stores: the contrast of
 * {@link Judgement}, rival by rival and store by store. In whatever order they are added, the contrast is that of one store
 * with all of them, to the last bit. The cue and all patterns are black and white, without unknown pixels. Not safe for
 * threads.
 *
 * <pre>{@code
 * Contest contest = new Contest(cue, winner.deficit());
 * for (PatternStore store : stores) {
 *     store.network().addRivals(contest, cue, pattern, store == home ? winner.neuron() : -1, RecallOptions.DEFAULT);
 * }
 * }</pre>
 */
public final class Contest {

    private final Cue cue;
    private final Contrast contrast = new Contrast();
    private final double ofWinner;

    /** Begins without rivals.
     * @param cue what the winner answers
     * @param deficit the winner's {@link Candidate#deficit} */
    public Contest(Cue cue, double deficit) {
        if (!cue.isTwoValued()) {
            throw new IllegalArgumentException("contest over stores: expected a black and white cue");
        }
        this.cue = cue;
        this.ofWinner = deficit;
        contrast.begin(deficit, cue.voters());
    }

    /** Whether neurons that disagree with this many voters, or more, can still change what was found.
     * @param deficit the least of theirs
     * @return false if they are no rivals, or too far behind for the contrast so far */
    public boolean canChange(int deficit) {
        return contrast.isRival(deficit, true) && contrast.canChange(deficit);
    }

    /** Adds a neuron, if it is a rival.
     * @param deficit on how many voters it disagrees with the cue
     * @param distance on how many voters it differs from the winner */
    public void add(int deficit, int distance) {
        if (contrast.isRival(deficit, true)) {
            contrast.add(deficit, distance);
        }
    }

    /** Adds what a contest of the same winner found elsewhere.
     * @param least its {@link #least}
     * @param hasTwin its {@link #hasTwin} */
    public void add(double least, boolean hasTwin) {
        contrast.add(least, hasTwin);
    }

    /** The least contrast over the rivals so far that differ from the winner.
     * @return 0 to 1; 1 without any */
    public double least() {
        return contrast.overOthers();
    }

    /** Whether a rival so far is the same as the winner on all voters.
     * @return true with a twin */
    public boolean hasTwin() {
        return contrast.hasTwin();
    }

    /** One named neuron against the winner.
     * @param deficit on how many voters it disagrees with the cue
     * @param distance on how many voters it differs from the winner
     * @param live how many neurons live in all stores, or {@link Criteria#COMPANY} if they are more
     * @return it, with -1 for its number */
    public Rival rival(int deficit, int distance, long live) {
        double alone = contrast.to(deficit, distance);
        boolean twin = cue.coding() == Coding.UNIPOLAR
                ? deficit == ofWinner
                : distance == 0 || (live < Criteria.COMPANY && alone == 0);
        return cue.voters() == 0
                ? new Rival(-1, Double.NaN, Double.NaN, false)
                : new Rival(-1, alone, (double) distance / cue.voters(), twin);
    }

    /** {@return whether the stores knew, once all rivals that can change it were added}
     * @param winner the candidate that responds most
     * @param isTied whether another neuron responds as much
     * @param live how many neurons live in all stores, or {@link Criteria#COMPANY} if they are more
     * @param criteria when it counts as recognised
     * @param rivals the other candidates, as {@link #rival} makes them */
    public Judgement judgement(Candidate winner, boolean isTied, long live, Criteria criteria, List<Rival> rivals) {
        return Judging.overStores(cue.votes(), winner, isTied, contrast, live, criteria, rivals);
    }

    Contrast contrast() {
        return contrast;
    }
}
