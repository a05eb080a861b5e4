package org.engram.store.internal.care;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.LittleEndian;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;
import org.engram.store.internal.neurons.Learner;

/**
 * Checks whether the parts of a neuron agree with each other and with the learning rule of the store. If they do not
 * although their checksums match, something other than the rule has written them. Not safe for threads.
 */
final class LearningCheck {

    private final Header header;
    private final Path directory;
    private final Learner learner;

    LearningCheck(Header header, Path directory) {
        this.header = header;
        this.directory = directory;
        this.learner = new Learner(header.rule(), header.geometry());
    }

    /**
     * Compares the parts of a neuron. {@code parts} has read them, and at least one is whole; {@code found} gives the
     * parts to compare. Returns a diagnosis of each part that contradicts the others, and of a gain other than the
     * rule's.
     */
    List<Diagnosis> problems(JournalEntry.Memorized neuron, NeuronParts parts, Function<Part, byte[]> found) {
        List<Diagnosis> problems = new ArrayList<>();
        // The gain comes first, since a rule that does not settle cannot tell v.
        gainProblem(neuron, parts).ifPresent(problems::add);
        for (Part part : header.parts()) {
            problem(part, neuron, found.apply(part), parts).ifPresent(problems::add);
        }
        return problems;
    }

    private Optional<Diagnosis> problem(Part part, JournalEntry.Memorized neuron, byte[] found, NeuronParts parts) {
        byte[] expected;
        try {
            expected = parts.expected(part);
        } catch (EngramException.DivergingRule e) {
            return Optional.empty(); // the problem of the gain says so
        }
        int at = Arrays.mismatch(expected, found);
        if (at < 0) {
            return part == Part.W && !neuron.twoValued() ? infinite(neuron, found) : Optional.empty();
        }
        return Optional.of(
                part != Part.W && part != Part.V
                        ? contradiction(part, neuron, at)
                                .expected(
                                        "byte %02x in the bits of neuron %s".formatted(expected[at], neuron.neuron()),
                                        "%02x".formatted(found[at]))
                        : weightProblem(part, neuron, at / Float.BYTES, expected, found));
    }

    private Diagnosis weightProblem(
            Part part, JournalEntry.Memorized neuron, int pixel, byte[] expected, byte[] found) {
        String where = pixel < header.geometry().pixels() ? "at pixel " + pixel : "in the padding";
        return contradiction(part, neuron, pixel * Float.BYTES)
                .expected(
                        "weight %s %s of neuron %s"
                                .formatted(LittleEndian.floatAt(expected, pixel), where, neuron.neuron()),
                        LittleEndian.floatAt(found, pixel));
    }

    private Optional<Diagnosis> infinite(JournalEntry.Memorized neuron, byte[] w) {
        for (int pixel = 0; pixel < header.geometry().pixels(); pixel++) {
            float weight = LittleEndian.floatAt(w, pixel);
            if (!Float.isFinite(weight)) {
                return Optional.of(contradiction(Part.W, neuron, pixel * Float.BYTES)
                        .expected(
                                "a finite weight at pixel %s of neuron %s".formatted(pixel, neuron.neuron()), weight));
            }
        }
        return Optional.empty();
    }

    private Optional<Diagnosis> gainProblem(JournalEntry.Memorized neuron, NeuronParts parts) {
        Diagnosis contradiction = contradiction(StoreDirectory.JOURNAL, neuron.offset());
        float expected;
        try {
            expected = learner.gain(() -> floats(parts.expected(Part.W)), neuron.twoValued());
        } catch (EngramException.DivergingRule e) {
            return Optional.of(contradiction.expected(
                    "weights of neuron %s that the learning rule settles on".formatted(neuron.neuron()),
                    "weights that do not settle (%s)".formatted(e.diagnosis().remedy(""))));
        }
        return Float.floatToRawIntBits(neuron.gain()) == Float.floatToRawIntBits(expected)
                ? Optional.empty()
                : Optional.of(contradiction.expected(
                        "gain %s of neuron %s".formatted(expected, neuron.neuron()), neuron.gain()));
    }

    private Diagnosis contradiction(Part part, JournalEntry.Memorized neuron, int at) {
        return contradiction(part.fileName, neuron.neuron() * part.stripeBytes(header.geometry()) + at);
    }

    private Diagnosis contradiction(String file, long offset) {
        return Diagnosis.of("weights contradict the learning rule")
                .in(directory.resolve(file), offset)
                .remedy(StoreFile.RESTORE);
    }

    private static float[] floats(byte[] bytes) {
        float[] floats = new float[bytes.length / Float.BYTES];
        LittleEndian.decode(bytes, floats);
        return floats;
    }
}
