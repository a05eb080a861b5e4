package org.engram.store;

import java.util.Arrays;
import java.util.List;
import org.engram.store.Judgement.Rival;
import org.engram.store.internal.recall.RivalsOfOther;

/**
 * How the winner of a recall stands against its rivals, for hosts that keep patterns in several stores: the contrast of
 * {@link Judgement}, rival by rival and store by store. The contrast is that of one store with all rivals, to the last
 * bit, in whatever order and however often they are added. The cue and all patterns are black and white, without
 * unknown pixels. Not safe for threads.
 *
 * <pre>{@code
 * int[] sketches = {};
 * for (PatternStore store : stores) {
 *     sketches = Contest.together(sketches, store.network().sketches(cue, options));
 * }
 * Contest contest = new Contest(cue, winner, sketches);
 * for (PatternStore store : stores) {
 *     store.network().addRivals(contest, store == home ? number : -1, options);
 * }
 * }</pre>
 *
 * <p>The winner itself is found with {@link Network#contenders} and {@link Network#nearest}: the k-th least deficit of all
 * contenders is one that the k nearest do not exceed.
 */
public final class Contest {

    private final Cue cue;
    private final RivalsOfOther rivals;

    /** Begins without rivals.
     * @param cue what the winner answers
     * @param winner the winner's pattern
     * @param sketches {@link Network#sketches} of all stores, {@link #together}
     * @throws IllegalArgumentException if the cue or the winner is not black and white
     * @throws EngramException.WrongGeometry if the shapes differ */
    public Contest(Cue cue, Pattern winner, int[] sketches) {
        if (!cue.isTwoValued()) {
            throw new IllegalArgumentException("contest over stores: expected a black and white cue");
        }
        requireFits(cue, winner);
        this.cue = cue;
        this.rivals = new RivalsOfOther(cue.votes(), winner.picture(), sketches);
    }

    private static void requireFits(Cue cue, Pattern pattern) {
        if (!cue.geometry().equals(pattern.geometry())) {
            throw new EngramException.WrongGeometry(
                    Diagnosis.of("pattern does not fit the cue").expected(cue.geometry(), pattern.geometry()));
        }
    }

    /** {@return what two stores, or groups of stores, have together}
     * @param one {@link Network#sketches} of some neurons
     * @param other the same of other neurons */
    public static int[] together(int[] one, int[] other) {
        int[] sum = Arrays.copyOf(one, Math.max(one.length, other.length));
        for (int deficit = 0; deficit < other.length; deficit++) {
            sum[deficit] += other[deficit];
        }
        return sum;
    }

    /** Whether neurons that disagree with this many voters, or more, can still change what was found.
     * @param deficit the least of their deficits
     * @return false if they are no rivals, or too far behind for the contrast so far */
    public boolean canChange(int deficit) {
        return rivals.canChange(deficit);
    }

    /** Adds a pattern that may be a rival.
     * @param other of another neuron, of the same geometry */
    public void add(Pattern other) {
        requireFits(cue, other);
        rivals.add(other.picture());
    }

    /** Adds what a contest of the same winner found elsewhere.
     * @param least its {@link #least}
     * @param hasTwin its {@link #hasTwin} */
    public void add(double least, boolean hasTwin) {
        rivals.add(least, hasTwin);
    }

    /** From here on, {@link Network#addRivals} adds no neurons but contenders. It then reads little. Call this when no store has
     * a neuron that fits the cue as well as the winner and was not added. */
    public void knowTies() {
        rivals.knowTies();
    }

    /** The least contrast over the rivals so far that differ from the winner.
     * @return 0 to 1; 1 without any */
    public double least() {
        return rivals.least();
    }

    /** Whether a rival so far is the same as the winner on all voters.
     * @return true with a twin */
    public boolean hasTwin() {
        return rivals.hasTwin();
    }

    /** {@return one named neuron against the winner, with -1 for its number}
     * @param other its pattern
     * @param live how many neurons live in all stores */
    public Rival rival(Pattern other, long live) {
        requireFits(cue, other);
        if (cue.voters() == 0) {
            return new Rival(-1, Double.NaN, Double.NaN, false);
        }
        int deficit = rivals.deficit(other.picture());
        int distance = rivals.distance(other.picture());
        double alone = rivals.contrast(deficit, distance);
        boolean twin = cue.coding() == Coding.UNIPOLAR
                ? deficit == rivals.ofWinner()
                : distance == 0 || (live < Criteria.COMPANY && alone == 0);
        return new Rival(-1, alone, (double) distance / cue.voters(), twin);
    }

    /** {@return whether the stores knew, once all rivals that can change it were added}
     * @param winner the candidate that responds most
     * @param isTied whether another neuron responds as much
     * @param live how many neurons live in all stores
     * @param criteria when it counts as recognised
     * @param named the other candidates, as {@link #rival} makes them */
    public Judgement judgement(Candidate winner, boolean isTied, long live, Criteria criteria, List<Rival> named) {
        return rivals.judgement(cue.votes(), winner, isTied, live, criteria, named);
    }

    RivalsOfOther rivals() {
        return rivals;
    }
}
