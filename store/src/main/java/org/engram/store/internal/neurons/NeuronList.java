package org.engram.store.internal.neurons;

import java.util.AbstractList;
import java.util.RandomAccess;
import org.engram.store.Neuron;

/**
 * All neurons of a view in their order, retired ones included, made one by one as they are asked for: as objects, those of a
 * large store would fill the heap. Immutable, safe for any number of threads.
 */
public final class NeuronList extends AbstractList<Neuron> implements RandomAccess {

    private final NeuronTable.View view;

    /** A view that needs no file. */
    public NeuronList(NeuronTable.View view) {
        this.view = view;
    }

    @Override
    public Neuron get(int neuron) {
        if (neuron < 0 || neuron >= size()) {
            throw new IndexOutOfBoundsException(neuron);
        }
        return view.neuron(neuron);
    }

    @Override
    public int size() {
        return view.count();
    }
}
