package org.engram.store.internal.care;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.format.StripeLayout;

/**
 * Reads the stripes of one neuron after the other, at positions, and holds the arrays that serve all of them. What is in the
 * arrays belongs to one neuron, until the next is read. Not safe for threads.
 */
final class PartFiles {

    private static final Optional<Diagnosis> MISSING =
            Optional.of(Diagnosis.of("stripe is damaged").expected("a file", "none"));

    private static final byte[] NO_BYTES = {};

    private final Header header;
    private final List<StripeFile> files;
    private final boolean worn;
    private final Map<Part, byte[]> stored = new EnumMap<>(Part.class);
    private final Map<Part, byte[]> derived = new EnumMap<>(Part.class);
    private final Map<Part, Optional<Diagnosis>> faults = new EnumMap<>(Part.class);
    private float[] weights = {};

    /** Parts without a file count as lost. So do stripes that cannot be read on a worn medium; on another that is an error. */
    PartFiles(Header header, List<StripeFile> files, boolean worn) {
        this.header = header;
        this.files = files;
        this.worn = worn;
    }

    Header header() {
        return header;
    }

    void read(JournalEntry.Memorized neuron) {
        for (StripeFile file : files) {
            faults.put(file.part(), fault(file, neuron));
        }
    }

    /** The first fault of the neuron that was read; empty when it is whole in all files. */
    Optional<Diagnosis> firstFault() {
        return files.stream().flatMap(file -> fault(file.part()).stream()).findFirst();
    }

    private Optional<Diagnosis> fault(StripeFile file, JournalEntry.Memorized neuron) {
        try {
            byte[] buffer = file.room(neuron.neuron(), stored(file.part()));
            if (buffer.length == file.layout().stripeBytes()) {
                stored.put(file.part(), buffer);
            }
            return file.mismatch(neuron, buffer);
        } catch (EngramException.IoFailure e) {
            if (!worn) {
                throw e;
            }
            return Optional.of(Diagnosis.of("stripe is damaged")
                    .in(file.file().path(), file.layout().offsetInFile(neuron.neuron()))
                    .expected(
                            "the bytes of neuron " + neuron.neuron(),
                            "none (%s)".formatted(e.diagnosis().found())));
        }
    }

    /** What is wrong with a part as its file has it, without a remedy; empty where its checksum matches. */
    Optional<Diagnosis> fault(Part part) {
        return faults.getOrDefault(part, MISSING);
    }

    /** Whether a neuron so far had a file of this part that was long enough. */
    boolean isStored(Part part) {
        return stored.containsKey(part);
    }

    /** The bytes of a part in its file, unchecked; no bytes unless {@link #isStored}. */
    byte[] stored(Part part) {
        return stored.getOrDefault(part, NO_BYTES);
    }

    /** Room for a part that is not taken from its file. */
    byte[] derived(Part part) {
        return derived.computeIfAbsent(part, this::array);
    }

    private byte[] array(Part part) {
        return new byte[Math.toIntExact(part.stripeBytes(header.geometry()))];
    }

    /** Room for weights. A header may claim any size, so there is none before a neuron needs it. */
    float[] weights() {
        if (weights.length == 0) {
            weights = new float[StripeLayout.paddedFloats(header.geometry())];
        }
        return weights;
    }
}
