package org.engram.cluster;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which segments have not spoken yet, and the answers of those that have. Each segment counts once. Not safe for threads. */
final class Coverage<T extends Covering> {

    private final BitSet open;
    private final List<T> answers = new ArrayList<>();

    Coverage(BitSet wanted) {
        open = (BitSet) wanted.clone();
    }

    /** Takes an answer, unless it has no segment or one of its segments has spoken already. Tells whether it did. */
    boolean take(T answer) {
        BitSet covered = answer.covered();
        BitSet news = (BitSet) covered.clone();
        news.and(open);
        if (covered.isEmpty() || !news.equals(covered)) {
            return false;
        }
        open.andNot(covered);
        answers.add(answer);
        return true;
    }

    /** A copy of the segments that have not spoken. */
    BitSet open() {
        return (BitSet) open.clone();
    }

    boolean isComplete() {
        return open.isEmpty();
    }

    List<T> answers() {
        return answers;
    }
}
