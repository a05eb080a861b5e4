package org.engram.store.internal.care;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.engram.store.EngramException;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.LittleEndian;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;
import org.engram.store.internal.neurons.Learner;

/**
 * Whether the parts of a neuron agree with each other and with the learning rule of the store. Where they do not although
 * their checksums match, something else than the rule has written them. Not safe for threads.
 */
final class LearningCheck {

    private final Header header;
    private final Path directory;
    private final float white;
    private final Learner learner;

    LearningCheck(Header header, Path directory) {
        this.header = header;
        this.directory = directory;
        this.white = Learner.weightOfWhite(header.rule());
        this.learner = new Learner(header.rule(), header.geometry());
    }

    /**
     * Compares the parts of a neuron that has at least one of them whole.
     *
     * @param parts has read the neuron
     * @param found how to get the parts that are to be compared
     * @return a line for each part that contradicts the others, and for the gain if the rule gives another
     */
    List<String> problems(JournalEntry neuron, NeuronParts parts, Function<Part, byte[]> found) {
        List<String> problems = new ArrayList<>();
        // The gain is first, since there is no telling v by a rule that does not settle.
        String gain = gainProblem(neuron, parts);
        if (!gain.isEmpty()) {
            problems.add(contradiction(StoreDirectory.JOURNAL, neuron.offset(), gain));
        }
        for (Part part : header.parts()) {
            String problem = problem(part, neuron, found.apply(part), parts);
            if (!problem.isEmpty()) {
                problems.add(problem);
            }
        }
        return problems;
    }

    private String problem(Part part, JournalEntry neuron, byte[] found, NeuronParts parts) {
        byte[] expected;
        try {
            expected = parts.expected(part);
        } catch (EngramException.DivergingRule e) {
            return ""; // the gain tells it
        }
        int at = Arrays.mismatch(expected, found);
        if (at < 0) {
            return part == Part.W && !neuron.twoValued() ? infinite(neuron, found) : "";
        }
        return part.isBits()
                ? contradiction(
                        part,
                        neuron,
                        at,
                        "byte %s in the bits of neuron %d, found %s"
                                .formatted(hex(expected[at]), neuron.neuron(), hex(found[at])))
                : weightProblem(part, neuron, at / Float.BYTES, expected, found);
    }

    private String weightProblem(Part part, JournalEntry neuron, int pixel, byte[] expected, byte[] found) {
        String where = pixel < header.geometry().pixels() ? "at pixel " + pixel : "in the padding";
        return contradiction(
                part,
                neuron,
                pixel * Float.BYTES,
                "weight %s %s of neuron %d, found %s"
                        .formatted(
                                LittleEndian.floatAt(expected, pixel),
                                where,
                                neuron.neuron(),
                                LittleEndian.floatAt(found, pixel)));
    }

    private String infinite(JournalEntry neuron, byte[] w) {
        for (int pixel = 0; pixel < header.geometry().pixels(); pixel++) {
            if (!Float.isFinite(LittleEndian.floatAt(w, pixel))) {
                return contradiction(
                        Part.W,
                        neuron,
                        pixel * Float.BYTES,
                        "a finite weight at pixel %d of neuron %d, found %s"
                                .formatted(pixel, neuron.neuron(), LittleEndian.floatAt(w, pixel)));
            }
        }
        return "";
    }

    private String gainProblem(JournalEntry neuron, NeuronParts parts) {
        float[] w = floats(parts.expected(Part.W));
        float expected;
        try {
            float factor = learner.factor(w);
            expected = neuron.twoValued() ? factor * white : factor;
        } catch (EngramException.DivergingRule e) {
            return "weights of neuron %d that the learning rule settles on, found others (%s)"
                    .formatted(neuron.neuron(), e.getMessage().replace(';', ','));
        }
        boolean old = !header.hasBits() || neuron.neuron() < header.derived().neurons();
        if (!neuron.twoValued() && neuron.gain() == 0 && old) {
            return "";
        }
        boolean same = isSame(neuron.gain(), expected)
                || (neuron.twoValued()
                        && header.rule().steps() > 1
                        && isSame(neuron.gain(), StepwiseLearner.gain(header.rule(), w, white)));
        return same ? "" : "gain %s of neuron %d, found %s".formatted(expected, neuron.neuron(), neuron.gain());
    }

    private static boolean isSame(float one, float other) {
        return Float.floatToRawIntBits(one) == Float.floatToRawIntBits(other);
    }

    private String contradiction(Part part, JournalEntry neuron, int at, String what) {
        long stripe = neuron.neuron() * part.stripeBytes(header.geometry());
        return contradiction(part.fileName, stripe + at, what);
    }

    private String contradiction(String file, long offset, String what) {
        return "weights contradict the learning rule: %s: offset %d: expected %s; %s"
                .formatted(directory.resolve(file), offset, what, StoreFile.RESTORE);
    }

    private static float[] floats(byte[] bytes) {
        float[] floats = new float[bytes.length / Float.BYTES];
        LittleEndian.decode(bytes, floats);
        return floats;
    }

    private static String hex(byte value) {
        return HexFormat.of().toHexDigits(value);
    }
}
