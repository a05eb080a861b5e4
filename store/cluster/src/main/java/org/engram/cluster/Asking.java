package org.engram.cluster;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.engram.store.Criteria;
import org.engram.store.Cue;

/**
 * A recall over all segments. It first asks for the nearest patterns of each segment. It then asks for rivals of a
 * winner, but only where unseen patterns could still lower its contrast. One object serves one recall.
 */
final class Asking {

    private final Member member;
    private final int segments;
    private final Scope scope;
    private final long deadline;

    Asking(Member member, int segments, Scope scope, long deadline) {
        this.member = member;
        this.segments = segments;
        this.scope = scope;
        this.deadline = deadline;
    }

    List<ClusteredRecall> recall(List<Cue> cues, Criteria criteria) {
        List<Shown> shown = cues.stream().map(Shown::of).toList();
        Coverage<Nearest> first = new FanOut<Nearest>(
                        member, all(segments), some -> new AskNearest(some.toByteArray(), shown, scope), deadline)
                .ask();
        List<Merge> merges = cues.stream().map(cue -> new Merge(cue, scope)).toList();
        for (Nearest answer : first.answers()) {
            for (int i = 0; i < merges.size(); i++) {
                merges.get(i).add(answer.shares().get(i));
            }
        }
        merges.forEach(Merge::rank);
        BitSet unheard = first.open();
        unheard.or(contest(merges, first.answers()));
        int answered = segments - unheard.cardinality();
        return merges.stream()
                .map(merge -> new ClusteredRecall(merge.recall(criteria), answered, segments))
                .toList();
    }

    static BitSet all(int segments) {
        BitSet all = new BitSet();
        all.set(0, segments);
        return all;
    }

    /** Asks for rivals where there may be some. Returns the segments that should have answered and have not. */
    private BitSet contest(List<Merge> merges, List<Nearest> answers) {
        List<Merge> open = new ArrayList<>();
        BitSet wanted = new BitSet();
        for (Merge merge : merges) {
            boolean isOpen = false;
            for (int place = 0; place < answers.size(); place++) {
                if (merge.isOpen(place)) {
                    isOpen = true;
                    wanted.or(answers.get(place).covered());
                }
            }
            if (isOpen) {
                open.add(merge);
            }
        }
        if (open.isEmpty()) {
            return new BitSet();
        }
        List<Champion> champions = open.stream().map(Merge::champion).toList();
        Coverage<Standings> second = new FanOut<Standings>(
                        member, wanted, some -> new AskRivals(some.toByteArray(), champions, scope), deadline)
                .ask();
        for (Standings answer : second.answers()) {
            for (int i = 0; i < open.size(); i++) {
                open.get(i).add(answer.standings().get(i));
            }
        }
        return second.open();
    }
}
