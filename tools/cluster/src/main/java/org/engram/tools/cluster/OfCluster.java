package org.engram.tools.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.engram.cluster.ClusterGuest;
import org.engram.store.Geometry;
import org.engram.store.Neuron;
import org.engram.store.Pattern;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Text;
import org.engram.tools.transfer.Shelf;

/**
 * The patterns of a cluster in the order of their keys, which number them. They come in blocks, and the last few blocks
 * are kept.
 */
final class OfCluster implements Shelf {

    private static final int BLOCK = 64;
    private static final int KEPT = 16;

    private final Visit visit;
    private final List<String> keys;
    private final Map<Integer, Map<String, Pattern>> blocks = new LinkedHashMap<>();

    OfCluster(Visit visit) {
        this.visit = visit;
        this.keys = visit.ask(ClusterGuest::keys);
    }

    @Override
    public Geometry geometry() {
        return visit.ask(ClusterGuest::geometry);
    }

    @Override
    public List<Neuron> neurons() {
        List<Neuron> all = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            all.add(new Neuron(i, keys.get(i), Instant.EPOCH, true, false));
        }
        return all;
    }

    @Override
    public Pattern pattern(Neuron neuron) {
        Pattern pattern = block(neuron.neuron() / BLOCK).get(neuron.key());
        if (pattern == null) {
            throw Failure.cannotOpen("%s was forgotten while the cluster was read; export it again"
                    .formatted(Text.quoted(neuron.key())));
        }
        return pattern;
    }

    private synchronized Map<String, Pattern> block(int number) {
        Map<String, Pattern> block = blocks.get(number);
        if (block == null) {
            List<String> some = keys.subList(number * BLOCK, Math.min(keys.size(), (number + 1) * BLOCK));
            block = visit.ask(guest -> guest.patterns(some));
            blocks.put(number, block);
            if (blocks.size() > KEPT) {
                blocks.remove(blocks.keySet().iterator().next());
            }
        }
        return block;
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public void close() {
        visit.close();
    }
}
