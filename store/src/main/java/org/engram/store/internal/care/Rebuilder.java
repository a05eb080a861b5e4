package org.engram.store.internal.care;

import java.util.List;
import java.util.zip.CRC32C;
import org.engram.store.EngramException;
import org.engram.store.Layout;
import org.engram.store.Progress;
import org.engram.store.internal.format.Checksum;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.format.StripeLayout;
import org.engram.store.internal.medium.JvmFlags;
import org.engram.store.internal.medium.Resources;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;
import org.engram.store.internal.medium.WriterLock;

/**
 * Derives {@code sketch.bits} and {@code plane.bits} anew from the stripes of floats: for a store of format 1.0, which has
 * none, or for one whose bits are damaged or lost. Every stripe is checked before a bit is taken from it. The bits are
 * complete under other names before they take their places; a store of format 1.0 becomes 1.1 last, by one rename.
 */
public final class Rebuilder implements AutoCloseable {

    private final StoreDirectory directory;
    private final Header header;
    private final Resources resources = new Resources();
    private final CommittedStore store;
    private final NeuronParts parts;
    private final Target sketch;
    private final Target planes;

    /** A file of bits that is being made. */
    private record Target(StripeFile file, CRC32C checksum) {

        int checksumOfAll() {
            return (int) checksum.getValue();
        }
    }

    /** Holds the writer's lock until it is closed. */
    private Rebuilder(StoreDirectory directory) {
        JvmFlags.require();
        this.directory = directory;
        if (Header.read(directory).layout() == Layout.PACKED) {
            throw new EngramException.NotRebuildable(
                    "bits cannot be rebuilt: %s: a PACKED store has no other weights; restore it from a copy"
                            .formatted(directory));
        }
        WriterLock lock = WriterLock.acquire(directory.path());
        resources.add(lock::close);
        try {
            // Another rebuild may have raised the format until the lock was there.
            this.header = Header.read(directory);
            List<Part> floats =
                    header.parts().stream().filter(part -> !part.isBits()).toList();
            this.store = new CommittedStore(directory, header, floats);
            resources.add(store::close);
            this.parts = new NeuronParts(header, List.of(store.stripes.get(0)));
            this.sketch = target(Part.SKETCH);
            this.planes = target(Part.PLANES);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Target target(Part part) {
        directory.remove(unfinished(part));
        resources.add(() -> directory.remove(unfinished(part)));
        StoreFile file = resources.add(directory.create(unfinished(part)));
        StripeLayout stripes = part.stripes(header.geometry(), 1);
        return new Target(new StripeFile(part, file, stripes), new CRC32C());
    }

    public static int rebuild(StoreDirectory directory, Progress progress) {
        try (Rebuilder rebuilder = new Rebuilder(directory)) {
            return rebuilder.run(progress);
        }
    }

    private int run(Progress progress) {
        int neurons = store.neurons();
        store.forEachNeuron(entry -> {
            derive(entry);
            progress.at(entry.neuron() + 1, neurons);
        });
        // The header will count these neurons: no power loss may take one of them after that.
        store.stripes.forEach(file -> file.file().force());
        store.journal.force();
        sketch.file.file().force();
        planes.file.file().force();
        for (Part part : List.of(Part.SKETCH, Part.PLANES)) {
            directory.finish(part.fileName);
        }
        if (!header.hasBits()) {
            directory.remove(StoreDirectory.HEADER + StoreDirectory.UNFINISHED);
            header.withDerived(new Header.Derived(neurons, sketch.checksumOfAll(), planes.checksumOfAll()))
                    .write(directory);
        }
        return neurons;
    }

    private void derive(JournalEntry entry) {
        parts.read(entry);
        String mismatch = parts.fault(Part.W);
        if (!mismatch.isEmpty()) {
            throw new EngramException.Corrupt("bits cannot be rebuilt: %s; %s".formatted(mismatch, StoreFile.RESTORE));
        }
        write(sketch, entry);
        write(planes, entry);
    }

    private void write(Target target, JournalEntry entry) {
        Part part = target.file.part();
        byte[] bits = parts.expected(part);
        int expected = entry.checksum(part);
        int found = Checksum.of(bits);
        if (header.isChecked(part, entry.neuron()) && found != expected) {
            throw new EngramException.Corrupt(
                    "bits cannot be rebuilt: %s: offset %d: expected CRC32C %08x for neuron %d in %s, derived %08x; %s"
                            .formatted(
                                    store.journal.path(),
                                    entry.offset(),
                                    expected,
                                    entry.neuron(),
                                    part.fileName,
                                    found,
                                    StoreFile.RESTORE));
        }
        long offset = target.file.layout().offsetInFile(entry.neuron());
        target.file.file().write(offset, bits, bits.length);
        target.checksum.update(bits);
    }

    private static String unfinished(Part part) {
        return part.fileName + StoreDirectory.UNFINISHED;
    }

    /** Leaves no unfinished file behind. */
    @Override
    public void close() {
        resources.close();
    }
}
