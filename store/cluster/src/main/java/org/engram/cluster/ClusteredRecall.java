package org.engram.cluster;

import java.util.List;
import org.engram.store.Candidate;
import org.engram.store.Judgement;
import org.engram.store.Recall;
import org.engram.store.Verdict;

/**
 * The answer of a cluster to a cue, and how much of the cluster has spoken. Immutable, safe for any number of threads.
 *
 * <p>Its candidates and rivals have the number -1, since neurons have no numbers in a cluster. Ties are named by key.
 *
 * @param ofThoseThatSpoke the answer that one store with the segments that have spoken would give
 * @param answered how many segments have spoken
 * @param segments how many there are
 */
public record ClusteredRecall(Recall ofThoseThatSpoke, int answered, int segments) {

    /** Whether all segments have spoken, so that no stored pattern was left out.
     * @return false when some had no owner within reach, or the time was up */
    public boolean isComplete() {
        return answered == segments;
    }

    /** The answer. An incomplete one never knows: no criterion applies to it, and its verdict is UNKNOWN.
     * {@link #ofThoseThatSpoke} is judged as if it were complete.
     * @return candidates and judgement */
    public Recall recall() {
        if (isComplete()) {
            return ofThoseThatSpoke;
        }
        Judgement judged = ofThoseThatSpoke.judgement();
        return new Recall(
                new Judgement(List.of(), judged.hasTwin(), judged.contrast(), judged.rivals()),
                ofThoseThatSpoke.candidates());
    }

    /** Whether the cluster knew.
     * @return the verdict of {@link #recall} */
    public Verdict verdict() {
        return recall().verdict();
    }

    /** The winner's key.
     * @return the key; "" when nothing is stored */
    public String key() {
        return ofThoseThatSpoke.key();
    }

    /** How clearly the winner stands out.
     * @return as {@link Recall#contrast}, over the segments that have spoken */
    public double contrast() {
        return ofThoseThatSpoke.contrast();
    }

    /** The patterns that respond most.
     * @return as {@link Recall#candidates}, of the segments that have spoken */
    public List<Candidate> candidates() {
        return ofThoseThatSpoke.candidates();
    }
}
