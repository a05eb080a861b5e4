package org.engram.tools.paper;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report as one JSON document; shares and responses are rounded to six digits. */
final class PaperJson {

    private static final double DIGITS = 1e6;

    private PaperJson() {}

    static Map<String, Object> of(PaperReport report, List<Path> figures) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("neurons", report.neurons());
        json.put("recalledWhole", report.whole().unipolar().recalled());
        json.put("recalledWholeBipolar", report.whole().bipolar().recalled());
        json.put("decodedWhole", report.whole().decoded());
        json.put("maxQMin", rounded(report.whole().least()));
        json.put("maxQMax", rounded(report.whole().largest()));
        json.put("q145", rounded(report.figure3().unipolar().q().get(report.neuron())));
        json.put("figure5Q145", rounded(report.figure5().unipolar().q().get(report.neuron())));
        json.put("figure5Winner", report.figure5().unipolar().winners().get(0));
        json.put("figure5Winners", report.figure5().unipolar().winners());
        json.put("figure5WinnerBipolar", report.figure5().bipolar().neuron());
        json.put("figure6", figure6(report.figure6()));
        json.put("smallestSide", smallest(report.smallest()));
        json.put(
                "occlusion",
                report.occlusion().stream().map(PaperJson::occlusion).toList());
        json.put("noise", report.noise().stream().map(PaperJson::noise).toList());
        json.put("unseen", Unseen.COUNT);
        json.put(
                "unknownAccepted",
                perRule(
                        parts(
                                report.unseen().whole().paperAccepted(),
                                report.unseen().quarter().paperAccepted()),
                        parts(
                                report.unseen().whole().contrastAccepted(),
                                report.unseen().quarter().contrastAccepted())));
        json.put(
                "unseenLargestContrast",
                parts(
                        rounded(report.unseen().whole().largestContrast()),
                        rounded(report.unseen().quarter().largestContrast())));
        json.put(
                "knownRejected",
                perRule(
                        parts(
                                report.whole().unipolar().rejected(),
                                report.quarter().unipolar().rejected()),
                        parts(
                                report.whole().bipolar().rejected(),
                                report.quarter().bipolar().rejected())));
        json.put("wBytes", report.wBytes());
        json.put("vBytes", report.vBytes());
        json.put("kernel", report.kernel());
        json.put("figures", figures.stream().map(Path::toString).toList());
        return json;
    }

    private static Map<String, Object> figure6(ResponseFigure figure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("maxQ", rounded(figure.unipolar().maxQ()));
        json.put("paperAccepts", figure.unipolar().isAccepted());
        json.put("verdict", figure.bipolar().verdict().name());
        json.put("contrast", rounded(figure.bipolar().contrast()));
        return json;
    }

    private static Map<String, Object> smallest(SmallestSquare.Result smallest) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("unipolar", smallest.unipolar());
        json.put("unipolarTied", smallest.unipolarTied());
        json.put("bipolar", smallest.bipolar());
        return json;
    }

    private static Map<String, Object> occlusion(Occlusion.Result result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("side", result.side());
        json.put("visible", rounded(result.visible()));
        counts(json, result.unipolar(), result.bipolar());
        return json;
    }

    private static Map<String, Object> noise(Noise.Result result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("flipped", result.flipped());
        json.put("side", result.side());
        json.put("visible", rounded(result.visible()));
        counts(json, result.unipolar(), result.bipolar());
        json.put("bipolarLeastContrast", rounded(result.bipolar().leastContrast()));
        return json;
    }

    private static void counts(Map<String, Object> json, Outcomes unipolar, Outcomes bipolar) {
        counts(json, "unipolar", unipolar);
        counts(json, "bipolar", bipolar);
        json.put("bipolarRecognised", bipolar.recognised());
        json.put("bipolarAmbiguous", bipolar.ambiguous());
    }

    private static void counts(Map<String, Object> json, String coding, Outcomes outcomes) {
        json.put(coding, outcomes.recalled());
        json.put(coding + "Alone", outcomes.alone());
        json.put(coding + "Tied", outcomes.tied());
        json.put(coding + "Wrong", outcomes.wrong());
        json.put(coding + "Rejected", outcomes.rejected());
        json.put(coding + "Named", outcomes.named());
    }

    private static Map<String, Object> perRule(Object paper, Object contrast) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("paper", paper);
        json.put("contrast", contrast);
        return json;
    }

    private static Map<String, Object> parts(Object whole, Object quarter) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("whole", whole);
        json.put("quarter", quarter);
        return json;
    }

    /** Null for what is no number: rounding would make a 0 of it. */
    static Double rounded(double value) {
        return Double.isFinite(value) ? Math.round(value * DIGITS) / DIGITS : null;
    }
}
