package org.engram.tools.look;

import java.util.List;
import org.engram.store.Neuron;
import org.engram.tools.console.Describe;
import org.engram.tools.console.Table;

enum NeuronColumn {
    NEURON(8, true),
    KEY(24, false),
    MEMORIZED(24, false),
    KIND(7, false),
    BLACK_AND_WHITE(13, false),
    RETIRED(7, false);

    /** The columns of a table unless the user names others. The key is last, as it has no fixed width. */
    static final List<NeuronColumn> OF_TABLE = List.of(NEURON, MEMORIZED, KIND, KEY);

    /** The columns of the other formats unless the user names others. */
    static final List<NeuronColumn> OF_DATA = List.of(NEURON, KEY, MEMORIZED, BLACK_AND_WHITE, RETIRED);

    private final int width;
    private final boolean right;

    NeuronColumn(int width, boolean right) {
        this.width = width;
        this.right = right;
    }

    private static String kind(Neuron neuron) {
        return neuron.retired() ? "retired" : neuron.twoValued() ? "b/w" : "real";
    }

    String title() {
        return Describe.name(this);
    }

    /** The cell of a neuron: a text, a number or a boolean. */
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
        return new Table.Column(title(), width, right);
    }
}
