package org.engram.store.internal.care;

import java.util.List;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.Layout;
import org.engram.store.Progress;
import org.engram.store.internal.format.Checksum;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.medium.Resources;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;
import org.engram.store.internal.medium.WriterLock;
import org.engram.store.internal.neurons.StoreFiles;

/**
 * Derives {@code sketch.bits} and {@code plane.bits} anew from the stripes of floats, for a store whose bits are damaged or
 * lost. Every stripe is checked before a bit is taken from it. The bits are complete under other names before they take
 * their places.
 */
public final class Rebuilder implements AutoCloseable {

    private final StoreDirectory directory;
    private final Header header;
    private final Resources resources = new Resources();
    private final boolean afterAnother;
    private final StoreFiles store;
    private final PartFiles floats;
    private final StripeFile sketch;
    private final StripeFile planes;

    /** Holds the writer's lock until it is closed. */
    private Rebuilder(StoreDirectory directory) {
        this.directory = directory;
        if (Header.read(directory).layout() == Layout.PACKED) {
            throw new EngramException.NotRebuildable(Diagnosis.of("bits cannot be rebuilt")
                    .in(directory.path())
                    .expected("a FULL or TIED store", "a PACKED one, which has no other weights")
                    .remedy(StoreFile.RESTORE));
        }
        try {
            this.afterAnother = resources
                    .take(() -> WriterLock.acquire(directory.path()), WriterLock::close)
                    .isAfterAnother();
            this.header = Header.read(directory);
            List<Part> kept =
                    header.parts().stream().filter(part -> !part.isBits()).toList();
            this.store = resources.take(() -> StoreFiles.readOnly(directory, header, kept), StoreFiles::close);
            this.floats = new PartFiles(header, List.of(store.stripes().get(0)), false);
            this.sketch = target(Part.SKETCH);
            this.planes = target(Part.PLANES);
        } catch (RuntimeException | Error e) {
            resources.closeAfter(e);
            throw e;
        }
    }

    private StripeFile target(Part part) {
        directory.remove(unfinished(part));
        resources.add(() -> directory.remove(unfinished(part)));
        StoreFile file = resources.add(directory.create(unfinished(part)));
        return new StripeFile(part, file, part.stripes(header.geometry(), 1));
    }

    public static int rebuild(StoreDirectory directory, Progress progress) {
        try (Rebuilder rebuilder = new Rebuilder(directory)) {
            return rebuilder.run(progress);
        }
    }

    private int run(Progress progress) {
        write(0, progress);
        directory.finish(Part.SKETCH.fileName);
        directory.finish(Part.PLANES.fileName);
        if (afterAnother) {
            // A writer that has lost its lock finds other files at its next change, and stops. What it appended before
            // has no bits in these.
            int written = store.neurons();
            store.takeInLastOfAnother();
            write(written, progress);
        }
        return store.neurons();
    }

    /** Derives the bits of the neurons from a number on. */
    private void write(int first, Progress progress) {
        int neurons = store.neurons();
        store.forEachNeuron(entry -> {
            if (entry.neuron() >= first) {
                NeuronParts parts = NeuronParts.readWhole(floats, entry, "bits cannot be rebuilt", StoreFile.RESTORE);
                write(sketch, parts, entry);
                write(planes, parts, entry);
                progress.at(entry.neuron() + 1, neurons);
            }
        });
        sketch.file().force();
        planes.file().force();
    }

    private void write(StripeFile target, NeuronParts parts, JournalEntry.Memorized entry) {
        Part part = target.part();
        byte[] bits = parts.expected(part);
        int expected = entry.checksum(part);
        int found = Checksum.of(bits);
        if (found != expected) {
            throw new EngramException.Corrupt(Diagnosis.of("bits cannot be rebuilt")
                    .in(store.journal().path(), entry.offset())
                    .expected(
                            "CRC32C %08x for neuron %s in %s".formatted(expected, entry.neuron(), part.fileName),
                            "%08x, derived".formatted(found))
                    .remedy(StoreFile.RESTORE));
        }
        long offset = target.layout().offsetInFile(entry.neuron());
        target.file().write(offset, bits, bits.length);
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
