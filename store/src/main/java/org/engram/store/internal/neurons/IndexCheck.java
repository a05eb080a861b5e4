package org.engram.store.internal.neurons;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.engram.store.Diagnosis;
import org.engram.store.StoreReport;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;

/**
 * What the index of a store is good for.
 *
 * @param state of the index
 * @param fault what is wrong with it, if anything is
 */
public record IndexCheck(StoreReport.Index state, Optional<Diagnosis> fault) {

    /** Looks at every block; a close look asks for every neuron and compares the answer with the journal, which must be sound. */
    public static IndexCheck of(StoreDirectory directory, Header header, StoreFile journal, boolean closely) {
        try (IndexChain chain = IndexChain.open(directory, header, journal)) {
            if (chain.fault().isPresent() || chain.segments().isEmpty()) {
                return new IndexCheck(chain.state(), chain.fault());
            }
            String last = IndexChain.name(0);
            try {
                for (IndexSegment segment : chain.segments()) {
                    last = IndexChain.name(segment.header().from());
                    segment.compareAll();
                }
                try (MappedIndex index = new MappedIndex(chain, header, journal)) {
                    if (closely) {
                        compare(
                                index,
                                HeapIndex.read(journal, header, index.state().sync()));
                    }
                }
                return new IndexCheck(chain.state(), Optional.empty());
            } catch (IndexDamaged e) {
                return new IndexCheck(StoreReport.Index.DAMAGED, Optional.of(IndexChain.damaged(directory, last, e)));
            }
        }
    }

    /** The names of all files of an index in a directory, used or not. */
    public static List<String> names(StoreDirectory directory) {
        return directory.names().stream()
                .filter(name -> name.startsWith(IndexChain.PREFIX))
                .toList();
    }

    private static void compare(MappedIndex index, HeapIndex journal) {
        if (!journal.state().tells(index.state())) {
            throw new IndexDamaged("other neurons than the journal has");
        }
        for (int neuron = 0; neuron < journal.state().neurons(); neuron++) {
            JournalEntry.Memorized record = index.record(neuron);
            String key = new String(record.key(), StandardCharsets.UTF_8);
            boolean same = key.equals(journal.key(neuron))
                    && index.find(record.key(), record.keyBytes()) == journal.find(record.key(), record.keyBytes())
                    && Float.compare(index.signedGain(neuron), journal.signedGain(neuron)) == 0;
            if (!same) {
                throw new IndexDamaged("another neuron %s than the journal has".formatted(neuron));
            }
        }
        for (int i = 0; i < journal.state().notTwoValued(); i++) {
            if (index.notTwoValuedAt(i) != journal.notTwoValuedAt(i)) {
                throw new IndexDamaged("another neuron that is not two-valued than the journal has");
            }
        }
    }
}
