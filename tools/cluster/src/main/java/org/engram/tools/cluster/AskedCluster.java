package org.engram.tools.cluster;

import java.util.List;
import org.engram.cluster.ClusterGuest;
import org.engram.cluster.ClusteredRecall;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;
import org.engram.tools.ask.Asked;
import org.engram.tools.console.Failure;

/** Shows a picture to a cluster, and counts how much of the cluster has answered. For one thread. */
final class AskedCluster implements Asked {

    private final Visit visit;
    private final int size;
    private int answered;

    AskedCluster(Visit visit) {
        this.visit = visit;
        this.size = (int) Math.min(Integer.MAX_VALUE, visit.ask(ClusterGuest::size));
        this.answered = segments();
    }

    @Override
    public Geometry geometry() {
        return visit.ask(ClusterGuest::geometry);
    }

    @Override
    public Criteria criteria() {
        return visit.ask(ClusterGuest::criteria);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public List<Recall> recallAll(List<Cue> cues, RecallOptions options) {
        if (!cues.stream().allMatch(Cue::isTwoValued)) {
            throw noGreys();
        }
        List<ClusteredRecall> told = visit.ask(guest -> guest.recallAll(cues, options));
        told.forEach(one -> answered = Math.min(answered, one.answered()));
        return told.stream().map(ClusteredRecall::recall).toList();
    }

    static Failure noGreys() {
        return Failure.usage("--grey is for stores: expected none, as a cluster holds black and white patterns only");
    }

    /** How many segments have spoken to all cues so far. */
    int answered() {
        return answered;
    }

    int segments() {
        return visit.ask(ClusterGuest::segments);
    }
}
