package org.engram.tools;

import java.util.List;
import java.util.function.Function;
import org.engram.store.Neuron;

/** What can be listed of a neuron. */
enum NeuronColumn {
    NEURON("neuron", 8, true, Neuron::neuron),
    KEY("key", 24, false, Neuron::key),
    MEMORIZED("memorized", 24, false, neuron -> neuron.memorized().toString()),
    KIND("kind", 7, false, NeuronColumn::kind),
    BLACK_AND_WHITE("blackAndWhite", 13, false, Neuron::blackAndWhite),
    RETIRED("retired", 7, false, Neuron::retired);

    /** What a table shows unless told otherwise; the key is last, as it has no width. */
    static final List<NeuronColumn> OF_TABLE = List.of(NEURON, MEMORIZED, KIND, KEY);

    /** What the other formats show unless told otherwise. */
    static final List<NeuronColumn> OF_DATA = List.of(NEURON, KEY, MEMORIZED, BLACK_AND_WHITE, RETIRED);

    private final String title;
    private final int width;
    private final boolean right;
    private final Function<Neuron, Object> value;

    NeuronColumn(String title, int width, boolean right, Function<Neuron, Object> value) {
        this.title = title;
        this.width = width;
        this.right = right;
        this.value = value;
    }

    private static String kind(Neuron neuron) {
        return neuron.retired() ? "retired" : neuron.blackAndWhite() ? "b/w" : "real";
    }

    /** Its name, in options and as a field. */
    String title() {
        return title;
    }

    /** A text, a number or a boolean. */
    Object of(Neuron neuron) {
        return value.apply(neuron);
    }

    Table.Column inTable() {
        return new Table.Column(title, width, right);
    }
}
