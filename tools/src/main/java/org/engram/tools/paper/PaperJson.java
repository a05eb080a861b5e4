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
        json.put("smallestSide", report.smallest());
        json.put(
                "occlusion",
                report.occlusion().stream().map(PaperJson::occlusion).toList());
        json.put("noise", report.noise().stream().map(PaperJson::noise).toList());
        json.put("unseen", Unseen.COUNT);
        json.put(
                "unknownAccepted",
                new Rules(
                        new Parts(
                                report.unseen().whole().paperAccepted(),
                                report.unseen().quarter().paperAccepted()),
                        new Parts(
                                report.unseen().whole().contrastAccepted(),
                                report.unseen().quarter().contrastAccepted())));
        json.put(
                "unseenLargestContrast",
                new Parts(
                        rounded(report.unseen().whole().largestContrast()),
                        rounded(report.unseen().quarter().largestContrast())));
        json.put(
                "knownRejected",
                new Rules(
                        new Parts(
                                report.whole().unipolar().rejected(),
                                report.quarter().unipolar().rejected()),
                        new Parts(
                                report.whole().bipolar().rejected(),
                                report.quarter().bipolar().rejected())));
        json.put("wBytes", report.wBytes());
        json.put("vBytes", report.vBytes());
        json.put("kernel", report.kernel());
        json.put("figures", figures.stream().map(Path::toString).toList());
        return json;
    }

    private record Figure6(Double maxQ, boolean paperAccepts, String verdict, Double contrast) {}

    private static Figure6 figure6(ResponseFigure figure) {
        return new Figure6(
                rounded(figure.unipolar().maxQ()),
                figure.unipolar().isAccepted(),
                figure.bipolar().verdict().name(),
                rounded(figure.bipolar().contrast()));
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

    private record Rules(Parts paper, Parts contrast) {}

    private record Parts(Object whole, Object quarter) {}

    /** Null for what is no number: rounding would make a 0 of it. */
    static Double rounded(double value) {
        return Double.isFinite(value) ? Math.round(value * DIGITS) / DIGITS : null;
    }
}
