package org.engram.tools.repair;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.engram.store.Verdict;
import org.engram.tools.console.Console;
import org.engram.tools.console.Describe;
import org.engram.tools.console.Text;
import org.engram.tools.repair.Repair.Sight;

/** The results for a picture, for people and as JSON. */
final class RepairReport {

    private static final int RIGHT_ANGLE = 90;

    /** This share of missing modules is more than noise alone makes. */
    private static final double DAMAGED = 0.07;

    private final List<Repair> repairs;
    private final String given;

    /** {@code given} says how pixels were hidden: "transparent", "rectangle" or "none". */
    RepairReport(List<Repair> repairs, String given) {
        this.repairs = repairs;
        this.given = given;
    }

    Map<String, Object> json() {
        Map<String, Object> json = json(repairs.get(0));
        if (repairs.size() > 1) {
            json.put("symbols", repairs.stream().map(this::json).toList());
        }
        return json;
    }

    private Map<String, Object> json(Repair repair) {
        Optional<Sight> sight = repair.sight();
        boolean recognised = repair.verdict() == Verdict.RECOGNISED;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("text", repair.text());
        json.put("bytes", repair.read() == null ? null : repair.read().base64());
        json.put(
                "textFrom",
                repair.read() == null ? null : repair.read().origin().word());
        json.put("key", repair.key());
        json.put("verdict", repair.verdict().name());
        json.put("contrast", sight.map(seen -> seen.evidence().contrast()).orElse(null));
        json.put("neuron", recognised ? repair.neuron() : null);
        json.put("agreement", sight.map(seen -> seen.evidence().agreement()).orElse(null));
        json.put("mask", sight.map(this::mask).orElse(null));
        json.put("hiddenShare", sight.map(Sight::missingShare).orElse(null));
        json.put("rotation", sight.map(RepairReport::rotation).orElse(null));
        json.put("inverted", sight.map(Sight::isInverted).orElse(null));
        json.put("mirrored", sight.map(RepairReport::isMirrored).orElse(null));
        json.put("place", sight.map(seen -> place(repair)).orElse(null));
        json.put("placement", sight.map(RepairReport::placement).orElse(null));
        json.put("zxing", repair.alone().orElse(null));
        json.put("decoded", repair.decoded());
        return json;
    }

    /** How pixels of a picture are hidden when no rectangle was given. */
    static String given(Raster raster) {
        return raster.hasHidden() ? "transparent" : "none";
    }

    /** Tells why texts may be wrong, in one sentence for each. */
    static void tellDoubts(List<Repair> repairs, Console console) {
        repairs.stream()
                .map(Repair::read)
                .filter(read -> read != null && !read.isCertain())
                .map(read ->
                        "the symbol names no charset and is no UTF-8, so it was read as %s; --charset names another"
                                .formatted(read.origin().word()))
                .distinct()
                .forEach(console::note);
    }

    void print(Console console) {
        for (Repair repair : repairs) {
            print(repair, console);
        }
    }

    private void print(Repair repair, Console console) {
        console.line(headline(repair, console));
        repair.sight().ifPresent(seen -> {
            String turned = rotation(seen) == 0 ? "upright" : "turned by %d degrees".formatted(rotation(seen));
            console.line("contrast %s, agreement %s, %s %% of the symbol hidden (mask: %s), %s%s%s, placement: %s"
                    .formatted(
                            Text.decimal(seen.evidence().contrast(), 4),
                            Text.decimal(seen.evidence().agreement(), 4),
                            Text.decimal(100 * seen.missingShare(), 1),
                            mask(seen),
                            turned,
                            isMirrored(seen) ? ", mirrored" : "",
                            seen.isInverted() ? ", white on black" : "",
                            placement(seen)));
        });
        String alone = repair.alone().map(Text::quoted).orElse("nothing");
        console.line("a QR reader alone reads " + alone
                + (repair.decoded() == null || repair.verdict() == Verdict.RECOGNISED
                        ? ""
                        : ", which no stored symbol says"));
    }

    static String headline(Repair repair, Console console) {
        if (repair.verdict() == Verdict.AMBIGUOUS) {
            return console.coloured(33, "AMBIGUOUS") + ": what can be seen fits several stored symbols";
        }
        if (repair.verdict() == Verdict.UNKNOWN) {
            return console.coloured(31, "UNKNOWN")
                    + (repair.sight().isEmpty()
                            ? ": no stored symbol to compare with"
                            : ": no stored symbol can be recognised");
        }
        String winner = "%s (neuron %d)".formatted(Text.escape(repair.key()), repair.neuron());
        return repair.text() == null
                ? console.coloured(33, "RECOGNISED") + " %s, which is no readable QR symbol".formatted(winner)
                : console.coloured(32, "RECOGNISED") + " %s, key %s".formatted(Text.quoted(repair.text()), winner);
    }

    private String mask(Sight seen) {
        int modules = seen.place().side() * seen.place().side();
        return seen.missing().cardinality() - seen.hidden() > DAMAGED * modules ? "estimated" : given;
    }

    private static int rotation(Sight seen) {
        return RIGHT_ANGLE * seen.place().quad().quarters();
    }

    private static boolean isMirrored(Sight seen) {
        return seen.place().quad().isMirrored();
    }

    private static List<Double> place(Repair repair) {
        List<Double> corners = new ArrayList<>();
        for (double corner : repair.corners()) {
            corners.add(Math.round(10 * corner) / 10.0);
        }
        return corners;
    }

    private static String placement(Sight seen) {
        return Describe.name(seen.place().method());
    }
}
