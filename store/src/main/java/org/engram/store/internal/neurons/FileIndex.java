package org.engram.store.internal.neurons;

import java.lang.ref.SoftReference;
import java.util.function.Function;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;
import org.jspecify.annotations.Nullable;

/**
 * The index of a store as its files have it. Once the files turn out to be wrong, the journal takes their place. Safe
 * for any number of threads.
 */
final class FileIndex implements Indexed, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(FileIndex.class.getPackageName());

    private final IndexChain chain;
    private final MappedIndex mapped;
    private final State state;
    private final StoreFile journal;
    private final Header header;
    /** Set when the files are not believed any more; null until then. */
    private volatile @Nullable HeapIndex instead;

    private SoftReference<HeapIndex> onHeap = new SoftReference<>(null);

    private FileIndex(IndexChain chain, StoreFile journal, Header header) {
        this.chain = chain;
        this.mapped = new MappedIndex(chain, header, journal);
        this.state = mapped.state();
        this.journal = journal;
        this.header = header;
    }

    /** The index of a store. Without an index that is believed, it tells of no neuron. */
    static Indexed open(StoreDirectory directory, Header header, StoreFile journal) {
        IndexChain chain = IndexChain.open(directory, header, journal);
        try {
            chain.fault().ifPresent(fault -> LOG.log(System.Logger.Level.INFO, "{0}", fault));
            if (!chain.segments().isEmpty()) {
                return new FileIndex(chain, journal, header);
            }
        } catch (IndexDamaged | InternalError e) {
            LOG.log(System.Logger.Level.INFO, "index of {0} is damaged and not used: {1}", directory, e.getMessage());
        } catch (RuntimeException | Error e) {
            chain.close();
            throw e;
        }
        chain.close();
        return Indexed.nothing(header.criteria());
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public int find(byte[] key, int length) {
        return ask(index -> index.find(key, length), whole -> whole.find(key, length));
    }

    @Override
    public String key(int neuron) {
        return ask(index -> index.key(neuron), whole -> whole.key(neuron));
    }

    @Override
    public boolean keyStartsWith(int neuron, byte[] prefix) {
        return onHeap().keyStartsWith(neuron, prefix);
    }

    @Override
    public long timeMs(int neuron) {
        return ask(index -> index.record(neuron).timeMs(), whole -> whole.timeMs(neuron));
    }

    @Override
    public float signedGain(int neuron) {
        if (state.notTwoValued() == 0 && state.commonGain() > 0) {
            return state.commonGain();
        }
        return ask(index -> index.signedGain(neuron), whole -> whole.signedGain(neuron));
    }

    @Override
    public int notTwoValuedAt(int index) {
        return ask(files -> files.notTwoValuedAt(index), whole -> whole.notTwoValuedAt(index));
    }

    @Override
    public boolean isBelieved() {
        return instead == null;
    }

    private <T> T ask(Function<MappedIndex, T> files, Function<HeapIndex, T> whole) {
        HeapIndex known = instead;
        if (known != null) {
            return whole.apply(known);
        }
        try {
            return files.apply(mapped);
        } catch (IndexDamaged | InternalError e) {
            // The JVM throws an InternalError for a read behind the end of a file that was cut.
            return whole.apply(distrust(e));
        }
    }

    private synchronized HeapIndex distrust(Throwable why) {
        HeapIndex known = instead;
        if (known == null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "index of {0} is damaged, the journal is read instead: {1}",
                    journal.path().getParent(),
                    why.getMessage());
            known = onHeap();
            instead = known;
        }
        return known;
    }

    /** An error when the journal tells something else than the index has told already. */
    @Override
    public synchronized HeapIndex onHeap() {
        HeapIndex known = instead;
        if (known == null) {
            known = onHeap.get();
        }
        if (known == null) {
            known = HeapIndex.read(journal, header, state.sync());
            requireSame(known.state());
            onHeap = new SoftReference<>(known);
        }
        return known;
    }

    private void requireSame(State told) {
        if (!told.tells(state)) {
            throw new EngramException.Corrupt(Diagnosis.of("index is damaged")
                    .in(journal.path().resolveSibling(IndexChain.name(0)))
                    .expected("what the journal tells", "something else, under checksums that match")
                    .remedy("remove all files index-*, they are made anew, and open the store again"));
        }
    }

    @Override
    public void close() {
        try (chain) {
            mapped.close();
        }
    }
}
