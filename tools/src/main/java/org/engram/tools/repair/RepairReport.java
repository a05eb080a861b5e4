package org.engram.tools.repair;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.engram.store.Verdict;
import org.engram.tools.console.Console;
import org.engram.tools.console.Describe;
import org.engram.tools.console.Text;
import org.engram.tools.qr.QrCodec;
import org.engram.tools.qr.QrText;

/** What became of a picture, for people and as JSON. */
final class RepairReport {

    private static final int RIGHT_ANGLE = 90;

    private final Repair repair;
    private final String given;
    /** What the recalled symbol says; null without one. */
    private final QrText read;

    /**
     * Hidden pixels were given as "transparent" or "rectangle", or not at all: "none". A charset, null for none, is that
     * of bytes for which the symbol names none.
     */
    RepairReport(Repair repair, String given, Charset charset) {
        this.repair = repair;
        this.given = given;
        this.read =
                repair.isRepaired() ? QrCodec.read(repair.pattern(), charset).orElse(null) : null;
    }

    /** Why the text may be another; "" when it is certain. */
    String doubt() {
        return read == null || read.isCertain()
                ? ""
                : "the symbol names no charset and is no UTF-8, so it was read as %s; --charset names another"
                        .formatted(read.origin().word());
    }

    Map<String, Object> json() {
        Sighting sighting = repair.sighting();
        boolean recognised = repair.verdict() == Verdict.RECOGNISED;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("text", text());
        json.put("bytes", read == null ? null : read.base64());
        json.put("textFrom", read == null ? null : read.origin().word());
        json.put("key", recognised ? repair.recall().key() : null);
        json.put("verdict", repair.verdict().name());
        json.put("contrast", sighting == null ? null : repair.recall().contrast());
        json.put("neuron", recognised ? repair.recall().neuron() : null);
        json.put("agreement", sighting == null ? null : repair.recall().agreement());
        json.put("mask", sighting == null ? null : mask());
        json.put("hiddenShare", sighting == null ? null : hiddenShare());
        json.put("rotation", sighting == null ? null : RIGHT_ANGLE * sighting.quarters());
        json.put("placement", sighting == null ? null : placement());
        json.put("zxing", repair.alone().orElse(null));
        json.put("decoded", repair.decoded());
        return json;
    }

    void print(Console console) {
        if (repair.sighting() == null) {
            console.line(console.coloured(31, "UNKNOWN") + ": no stored symbol to compare with");
        } else {
            console.line(headline(console));
            console.line(
                    "contrast %s, agreement %s, %s %% of the symbol hidden (mask: %s), turned by %d degrees, placement: %s"
                            .formatted(
                                    Text.decimal(repair.recall().contrast(), 4),
                                    Text.decimal(repair.recall().agreement(), 4),
                                    Text.decimal(100 * hiddenShare(), 1),
                                    mask(),
                                    RIGHT_ANGLE * repair.sighting().quarters(),
                                    placement()));
        }
        String alone = repair.alone().map(Text::quoted).orElse("nothing");
        console.line("a QR reader alone reads " + alone
                + (repair.decoded() == null ? "" : ", which is not what was recalled or stored"));
    }

    /** Null without a text that the bytes are in their charset. */
    String text() {
        return read == null ? null : read.text();
    }

    private String headline(Console console) {
        if (repair.verdict() == Verdict.AMBIGUOUS) {
            return console.coloured(33, "AMBIGUOUS") + ": what can be seen fits several stored symbols";
        }
        if (repair.verdict() == Verdict.UNKNOWN) {
            return console.coloured(31, "UNKNOWN") + ": no stored symbol can be recognised";
        }
        String winner = "%s (neuron %d)"
                .formatted(Text.escape(repair.recall().key()), repair.recall().neuron());
        return text() == null
                ? console.coloured(33, "RECOGNISED") + " %s, which is no readable QR symbol".formatted(winner)
                : console.coloured(32, "RECOGNISED") + " %s, key %s".formatted(Text.quoted(text()), winner);
    }

    private String mask() {
        return repair.sighting().estimated() ? "estimated" : given;
    }

    private double hiddenShare() {
        int side = repair.sighting().frame().side();
        return 1 - (double) repair.sighting().believed().cardinality() / (side * side);
    }

    private String placement() {
        return Describe.name(repair.sighting().method());
    }
}
