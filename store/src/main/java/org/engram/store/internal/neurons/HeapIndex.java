package org.engram.store.internal.neurons;

import java.util.List;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.JournalRecord;
import org.engram.store.internal.medium.StoreFile;

/** What the journal itself tells of the first neurons, up to a SYNC. It is read whole and kept on the heap. */
final class HeapIndex implements Indexed {

    private final NeuronTable table;
    private final NeuronTable.View view;
    private final State state;

    private HeapIndex(NeuronTable table, JournalEntry.Synced sync) {
        this.table = table;
        this.view = table.view();
        this.state = view.state(sync);
    }

    /** Reads the journal up to a SYNC; an error when it is damaged before that. */
    static HeapIndex read(StoreFile journal, Header header, JournalEntry.Synced until) {
        NeuronTable table = new NeuronTable(journal.path(), Indexed.nothing(header.criteria()));
        // never more than there can be records, whatever a forged one claims
        table.reserve((int) Math.min(until.neurons(), until.offset() / JournalRecord.length(1)));
        JournalScan scan = new JournalScan(journal, header, 0, 0);
        long sequence = 0;
        while (sequence < until.sequence()) {
            List<JournalEntry> whole = scan.nextWhole();
            if (whole.isEmpty()) {
                throw new EngramException.Corrupt(Diagnosis.of("journal is damaged")
                        .in(journal.path(), until.offset())
                        .expected("%s records before a SYNC".formatted(until.sequence() - 1), sequence)
                        .remedy(JournalScan.REMEDY));
            }
            table.apply(whole);
            sequence = whole.getLast().sequence();
        }
        return new HeapIndex(table, until);
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public int find(byte[] key, int length) {
        return table.find(key, length);
    }

    @Override
    public String key(int neuron) {
        return view.key(neuron);
    }

    @Override
    public boolean keyStartsWith(int neuron, byte[] prefix) {
        return view.keyStartsWith(neuron, prefix);
    }

    @Override
    public long timeMs(int neuron) {
        return view.timeMs(neuron);
    }

    @Override
    public float signedGain(int neuron) {
        return view.gains().signed(neuron);
    }

    @Override
    public int notTwoValuedAt(int index) {
        return view.notTwoValuedAt(index);
    }

    @Override
    public Indexed onHeap() {
        return this;
    }
}
