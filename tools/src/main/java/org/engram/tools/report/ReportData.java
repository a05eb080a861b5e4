package org.engram.tools.report;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.engram.store.Geometry;
import org.engram.store.Mask;
import org.engram.store.Neuron;
import org.engram.store.PatternStore;
import org.engram.tools.console.Json;
import org.engram.tools.look.StoreSummary;

/** The data of the page: the documents of info and stats, and the patterns in it. */
final class ReportData {

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Map<String, Object> document = new LinkedHashMap<>();

    /** Begins with what is known without patterns. The refusal says why the store cannot be opened; null when it can. */
    ReportData(Path directory, StoreStatistics statistics, String refused) {
        document.put("info", StoreSummary.json(directory, statistics.report()));
        document.put("checked", statistics.report().checked());
        document.put("refused", refused);
        document.put("statistics", statistics.json());
        document.put("live", statistics.report().live());
        document.put("seed", null);
        document.put("patterns", List.of());
        document.put("bits", "");
        document.put("sketch", "");
    }

    /** Adds the patterns of these neurons, in their order. */
    void embed(PatternStore store, List<Neuron> embedded, StoreStatistics statistics) {
        Map<Integer, PatternFacts> facts = statistics.facts().stream()
                .collect(Collectors.toMap(fact -> fact.neuron().neuron(), fact -> fact));
        List<Map<String, Object>> patterns = new ArrayList<>(embedded.size());
        ByteArrayOutputStream bits = new ByteArrayOutputStream();
        int bytesEach = bytesOfPicture(store.geometry().pixels());
        for (Neuron neuron : embedded) {
            PatternFacts fact = facts.get(neuron.neuron());
            Map<String, Object> pattern = new LinkedHashMap<>();
            pattern.put("neuron", neuron.neuron());
            pattern.put("key", neuron.key());
            pattern.put("memorized", neuron.memorized().toEpochMilli());
            if (fact == null) {
                pattern.put("grey", Thumbnail.of(store.pattern(neuron.neuron())));
            } else {
                pattern.put("gain", gain(store.network().vStripe(neuron.neuron())));
                pattern.put("white", fact.white());
                pattern.put("nearest", fact.hasNearest() ? fact.nearest() : null);
                pattern.put("distance", fact.distance());
                bits.writeBytes(Arrays.copyOf(fact.whitePixels().toByteArray(), bytesEach));
            }
            patterns.add(pattern);
        }
        document.put("live", store.size());
        document.put("seed", embedded.size() < store.size() ? statistics.seed() : null);
        document.put("patterns", patterns);
        document.put("bits", Base64.getEncoder().encodeToString(bits.toByteArray()));
        document.put("sketch", Base64.getEncoder().encodeToString(sketch(store.geometry(), bytesEach)));
    }

    /** The weight v of every white pixel; 1 when there is none. */
    private static float gain(MemorySegment v) {
        for (long at = 0; at < v.byteSize(); at += Float.BYTES) {
            float weight = v.get(FLOAT, at);
            if (weight != 0) {
                return weight;
            }
        }
        return 1;
    }

    /** The bits of the pixels that are in the sketch of a neuron. */
    private static byte[] sketch(Geometry geometry, int bytes) {
        return Arrays.copyOf(Mask.ofSketch(geometry).toBitSet().toByteArray(), bytes);
    }

    /** The bytes of a picture, in whole words of 32 bits, as the page counts them. */
    static int bytesOfPicture(int pixels) {
        return Math.ceilDiv(pixels, Integer.SIZE) * Integer.BYTES;
    }

    /** The data as text. It ends no element of a page and begins none, whatever the keys are. */
    String json() {
        return Json.line(document)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
