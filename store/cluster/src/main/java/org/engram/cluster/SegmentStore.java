package org.engram.cluster;

import io.reactivex.rxjava3.core.Flowable;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.infinispan.commons.configuration.ConfiguredBy;
import org.infinispan.commons.util.IntSet;
import org.infinispan.persistence.spi.InitializationContext;
import org.infinispan.persistence.spi.MarshallableEntry;
import org.infinispan.persistence.spi.MarshallableEntryFactory;
import org.infinispan.persistence.spi.NonBlockingStore;
import org.infinispan.util.concurrent.BlockingManager;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * The engine keeps the entries of one member here: in its {@link Segments}, and nowhere else. The engine calls this
 * class.
 */
@ConfiguredBy(SegmentStoreConfiguration.class)
public final class SegmentStore implements NonBlockingStore<String, Entry> {

    private static final Executor LATER = CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);

    /** What the engine gives at the start. */
    private record Work(Segments segments, BlockingManager blocking, MarshallableEntryFactory<String, Entry> entries) {}

    /** Null before the start. */
    private @Nullable Work work;

    /** The engine makes it by this constructor. */
    public SegmentStore() {}

    @Override
    public Set<Characteristic> characteristics() {
        return EnumSet.of(Characteristic.SEGMENTABLE, Characteristic.BULK_READ);
    }

    @Override
    public CompletionStage<Void> start(InitializationContext context) {
        SegmentStoreConfiguration configuration = context.getConfiguration();
        Work begun = new Work(
                Segments.of(configuration.member()),
                context.getBlockingManager(),
                context.getMarshallableEntryFactory());
        work = begun;
        return begun.blocking.runBlocking(begun.segments::openAll, "engram-start");
    }

    /** The engine starts this before it asks anything, so it is an error of the engine if there is none. */
    private Work work() {
        return Objects.requireNonNull(work, "store of segments was not started");
    }

    private Segments segments() {
        return work().segments;
    }

    @Override
    public CompletionStage<Void> stop() {
        return work().blocking.runBlocking(segments()::close, "engram-stop");
    }

    @Override
    public CompletionStage<MarshallableEntry<String, Entry>> load(int segment, Object key) {
        return work().blocking
                .supplyBlocking(
                        () -> {
                            Segment one = segments().get(segment);
                            Entry entry = one == null ? null : one.get((String) key);
                            return entry == null ? null : work().entries.create(key, entry);
                        },
                        "engram-load");
    }

    @Override
    public CompletionStage<Boolean> containsKey(int segment, Object key) {
        Segment one = segments().get(segment);
        return CompletableFuture.completedFuture(one != null && one.contains((String) key));
    }

    @Override
    public CompletionStage<Void> write(int segment, MarshallableEntry<? extends String, ? extends Entry> entry) {
        return write(segment, entry.getKey(), entry.getValue());
    }

    /**
     * The engine would go on if an entry of a segment that comes here could not be written. This member would then
     * count as an owner, and another owner would drop an entry that is nowhere else. So the entry waits for room, and
     * the segment stays where it was.
     */
    private CompletionStage<Void> write(int segment, String key, Entry entry) {
        return work().blocking
                .supplyBlocking(() -> isWritten(segment, key, entry), "engram-write")
                .thenCompose(written -> written
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.runAsync(() -> {}, LATER).thenCompose(now -> write(segment, key, entry)));
    }

    private boolean isWritten(int segment, String key, Entry entry) {
        try {
            segments().write(segment, key, entry);
            segments().succeeded();
            return true;
        } catch (GenerationTaken another) {
            if (segments().isBeingFilled(segment)) {
                // What comes with the segment is of an earlier term, and nothing that counts has its generation or a
                // higher one.
                return true;
            }
            throw another;
        } catch (RuntimeException refused) {
            segments().failed(refused);
            if (segments().isBeingFilled(segment)) {
                return false;
            }
            throw refused;
        }
    }

    /** Nothing is removed key by key: what is forgotten is a generation of its own. */
    @Override
    public CompletionStage<Boolean> delete(int segment, Object key) {
        return CompletableFuture.failedFuture(
                new UnsupportedOperationException("forget writes a generation, and removes nothing"));
    }

    @Override
    public CompletionStage<Void> addSegments(IntSet added) {
        return work().blocking.runBlocking(() -> added.forEach((int segment) -> open(segment)), "engram-add");
    }

    /** Opens a segment. If there is no room for it, it is made with its first entry. */
    private void open(int segment) {
        try {
            segments().opened(segment);
        } catch (RuntimeException refused) {
            segments().failed(refused);
        }
    }

    @Override
    public CompletionStage<Void> removeSegments(IntSet removed) {
        return work().blocking
                .runBlocking(() -> removed.forEach((int segment) -> segments().drop(segment)), "engram-remove");
    }

    @Override
    public CompletionStage<Void> clear() {
        return work().blocking
                .runBlocking(
                        () -> {
                            for (int segment = 0; segment < segments().count(); segment++) {
                                if (segments().get(segment) != null) {
                                    segments().drop(segment);
                                    segments().opened(segment);
                                }
                            }
                        },
                        "engram-clear");
    }

    @Override
    public CompletionStage<Long> size(IntSet wanted) {
        return work().blocking
                .supplyBlocking(
                        () -> wanted.intStream()
                                .mapToObj(segments()::get)
                                .filter(one -> one != null)
                                .mapToLong(one -> one.live() + one.graves())
                                .sum(),
                        "engram-size");
    }

    @Override
    public CompletionStage<Long> approximateSize(IntSet wanted) {
        return size(wanted);
    }

    @Override
    public Publisher<MarshallableEntry<String, Entry>> publishEntries(
            IntSet wanted, Predicate<? super String> filter, boolean includeValues) {
        Flowable<MarshallableEntry<String, Entry>> all = Flowable.fromStream(
                        wanted.intStream().boxed())
                .concatMap(segment -> entriesOf(segments().get(segment), filter, includeValues));
        return work().blocking.blockingPublisher(all);
    }

    private Flowable<MarshallableEntry<String, Entry>> entriesOf(
            @Nullable Segment segment, Predicate<? super String> filter, boolean includeValues) {
        if (segment == null) {
            return Flowable.empty();
        }
        Stream<MarshallableEntry<String, Entry>> stream = segment.keys()
                .filter(key -> filter == null || filter.test(key))
                .map(key -> includeValues ? whole(segment, key) : work().entries.create(key))
                .filter(entry -> entry != null);
        return Flowable.fromStream(stream);
    }

    private @Nullable MarshallableEntry<String, Entry> whole(Segment segment, String key) {
        Entry entry = segment.get(key);
        return entry == null ? null : work().entries.create(key, entry);
    }
}
