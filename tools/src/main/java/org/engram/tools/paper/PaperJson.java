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
        Square whole = report.whole().square();
        Square quarter = report.quarter();
        PaperRule figure5 = report.figure5().unipolar();
        Unseen.Part unseenWhole = report.unseen().whole();
        Unseen.Part unseenQuarter = report.unseen().quarter();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("neurons", report.neurons());
        json.put("recalledWhole", whole.unipolar().recalled());
        json.put("recalledWholeBipolar", whole.bipolar().recalled());
        json.put("decodedWhole", report.whole().decoded());
        json.put("maxQMin", rounded(report.whole().spread().least()));
        json.put("maxQMax", rounded(report.whole().spread().most()));
        json.put("q145", rounded(report.figure3().unipolar().q().get(PaperReference.NEURON)));
        json.put("figure5Q145", rounded(figure5.q().get(PaperReference.NEURON)));
        json.put("figure5Winner", figure5.winners().get(0));
        json.put("figure5Winners", figure5.winners());
        json.put("figure5WinnerBipolar", report.figure5().bipolar().neuron());
        json.put("figure6", figure6(report.figure6()));
        json.put("smallestSide", report.smallest());
        json.put("occlusion", report.occlusion().stream().map(PaperJson::counts).toList());
        json.put("noise", report.noise().stream().map(PaperJson::noise).toList());
        json.put("unseen", Unseen.COUNT);
        json.put(
                "unknownAccepted",
                new Rules(
                        new Parts(unseenWhole.paperAccepted(), unseenQuarter.paperAccepted()),
                        new Parts(unseenWhole.contrastAccepted(), unseenQuarter.contrastAccepted())));
        json.put(
                "unseenLargestContrast",
                new Parts(rounded(unseenWhole.largestContrast()), rounded(unseenQuarter.largestContrast())));
        json.put(
                "knownRejected",
                new Rules(
                        new Parts(
                                whole.unipolar().rejected(), quarter.unipolar().rejected()),
                        new Parts(whole.bipolar().rejected(), quarter.bipolar().rejected())));
        json.put("wBytes", report.wBytes());
        json.put("vBytes", report.vBytes());
        json.put("kernel", report.kernel());
        json.put("figures", figures);
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

    private static Map<String, Object> counts(Square square) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("side", square.side());
        json.put("visible", rounded(square.visible()));
        counts(json, "unipolar", square.unipolar());
        counts(json, "bipolar", square.bipolar());
        json.put("bipolarRecognised", square.bipolar().recognised());
        json.put("bipolarAmbiguous", square.bipolar().ambiguous());
        return json;
    }

    private static Map<String, Object> noise(Square square) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("flipped", square.flipped());
        json.putAll(counts(square));
        json.put("bipolarLeastContrast", rounded(square.bipolar().leastContrast()));
        return json;
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

    /** The rounded value; null for NaN, which rounding would turn into 0. */
    static Double rounded(double value) {
        return Double.isFinite(value) ? Math.round(value * DIGITS) / DIGITS : null;
    }
}
