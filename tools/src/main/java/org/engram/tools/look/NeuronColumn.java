package org.engram.tools.look;

import java.util.List;
import org.engram.store.Neuron;
import org.engram.tools.console.Table;

/** What can be listed of a neuron. */
enum NeuronColumn {
    NEURON("neuron", 8, true),
    KEY("key", 24, false),
    MEMORIZED("memorized", 24, false),
    KIND("kind", 7, false),
    BLACK_AND_WHITE("blackAndWhite", 13, false),
    RETIRED("retired", 7, false);

    /** What a table shows unless told otherwise; the key is last, as it has no width. */
    static final List<NeuronColumn> OF_TABLE = List.of(NEURON, MEMORIZED, KIND, KEY);

    /** What the other formats show unless told otherwise. */
    static final List<NeuronColumn> OF_DATA = List.of(NEURON, KEY, MEMORIZED, BLACK_AND_WHITE, RETIRED);

    private final String title;
    private final int width;
    private final boolean right;

    NeuronColumn(String title, int width, boolean right) {
        this.title = title;
        this.width = width;
        this.right = right;
    }

    private static String kind(Neuron neuron) {
        return neuron.retired() ? "retired" : neuron.twoValued() ? "b/w" : "real";
    }

    /** Its name, in options and as a field. */
    String title() {
        return title;
    }

    /** A text, a number or a boolean. */
    Object of(Neuron neuron) {
        return switch (this) {
            case NEURON -> neuron.neuron();
            case KEY -> neuron.key();
            case MEMORIZED -> neuron.memorized().toString();
            case KIND -> kind(neuron);
            case BLACK_AND_WHITE -> neuron.twoValued();
            case RETIRED -> neuron.retired();
        };
    }

    Table.Column inTable() {
        return new Table.Column(title, width, right);
    }
}
