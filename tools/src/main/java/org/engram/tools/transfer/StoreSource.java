package org.engram.tools.transfer;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.engram.store.Geometry;
import org.engram.store.Neuron;
import org.engram.store.PatternStore;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Text;

/** The live neurons of another store. */
final class StoreSource implements Source {

    private final Path path;
    private final PatternStore store;
    private final int total;
    private final Iterator<Neuron> neurons;

    StoreSource(Path path, Geometry geometry) {
        this.path = path;
        this.store = PatternStore.openReadOnly(path);
        try {
            if (!store.geometry().equals(geometry)) {
                throw Failure.usage("%s does not fit the store: expected patterns of %s pixels, found %s"
                        .formatted(path, geometry, store.geometry()));
            }
            List<Neuron> live = store.neurons();
            if (live.isEmpty()) {
                throw Transfers.nothingIn(path.toString(), "live neurons");
            }
            this.total = live.size();
            this.neurons = live.iterator();
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    @Override
    public Item next() {
        if (!neurons.hasNext()) {
            return null;
        }
        Neuron neuron = neurons.next();
        String name = path + ": " + Text.quoted(neuron.key());
        return Item.of(name, neuron.key(), () -> store.pattern(neuron.neuron()));
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public void close() {
        store.close();
    }
}
