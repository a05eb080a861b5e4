package org.engram.tools.ask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.engram.store.Candidate;
import org.engram.store.Coding;
import org.engram.store.Cue;
import org.engram.store.Judgement.Criterion;
import org.engram.store.Judgement.Rival;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;
import org.engram.store.Verdict;
import org.engram.tools.console.Text;
import org.engram.tools.draw.HeatMap;

/**
 * The reasons for a verdict. When the verdict is AMBIGUOUS, twins are the winner and the patterns that the cue cannot
 * tell from it. The advice is empty when the cue was recognised; the heat map is null when there is no answer.
 */
record Explanation(Recall recall, List<Candidate> twins, String advice, HeatMap heatMap) {

    /** Twins are looked for among this many neurons. */
    private static final int LOOKED_AT = 100;

    private static final int NAMED = 3;

    static Explanation of(PatternStore store, Sight sight) {
        Recall recall = sight.recall();
        Cue cue = sight.cue();
        if (recall.candidates().isEmpty()) {
            return none(recall, "store patterns with engram memorize");
        }
        if (cue.voters() == 0) {
            return none(
                    recall,
                    cue.coding() == Coding.BIPOLAR
                            ? "show some of the picture: the opaque pixels within --visible are all that the store sees"
                            : "only white and hidden pixels of a unipolar cue vote, and this one has none: show it with --coding bipolar");
        }
        List<Candidate> twins = recall.verdict() == Verdict.AMBIGUOUS ? twins(store, cue) : List.of();
        return new Explanation(
                recall,
                twins,
                sight.others().isEmpty() ? Advice.on(store, cue.coding(), recall, twins) : Advice.ON_VIEWS,
                new HeatMap(sight.shown(), store.pattern(recall.neuron())));
    }

    private static Explanation none(Recall recall, String advice) {
        return new Explanation(recall, List.of(), advice, null);
    }

    /** The winner and its twins among the nearest. */
    private static List<Candidate> twins(PatternStore store, Cue cue) {
        Recall nearest = store.recall(cue, RecallOptions.DEFAULT.withCandidates(LOOKED_AT));
        List<Candidate> twins = new ArrayList<>(List.of(nearest.winner()));
        List<Rival> rivals = nearest.judgement().rivals();
        for (int i = 0; i < rivals.size(); i++) {
            if (rivals.get(i).isTwin()) {
                twins.add(nearest.candidates().get(i + 1));
            }
        }
        return twins;
    }

    /** How much less than the winner a candidate responds, in q/R. */
    double margin(Candidate candidate) {
        return recall.winner().normalisedQ() - candidate.normalisedQ();
    }

    enum Mark {
        YES,
        NO,
        TWINS,
        TO_DO;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ') + ":";
        }
    }

    record Line(Mark mark, String sentence) {

        @Override
        public String toString() {
            return mark + " " + sentence;
        }
    }

    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Criterion criterion : recall.judgement().criteria()) {
            lines.add(new Line(criterion.isMet() ? Mark.YES : Mark.NO, Reasons.sentence(criterion, recall)));
        }
        if (twins.size() > 1) {
            lines.add(new Line(Mark.TWINS, "%s fit equally".formatted(names())));
        }
        if (!advice.isEmpty()) {
            lines.add(new Line(Mark.TO_DO, advice));
        }
        return lines;
    }

    private String names() {
        List<String> keys = new ArrayList<>(twins.stream()
                .limit(NAMED)
                .map(candidate -> Text.escape(candidate.key()))
                .toList());
        if (twins.size() > keys.size()) {
            keys.add(Text.count(twins.size() - keys.size())
                    + (twins.size() == LOOKED_AT ? " or more others" : " others"));
        }
        return Text.listed(keys, "and");
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "criteria",
                recall.judgement().criteria().stream().map(this::json).toList());
        json.put(
                "margin",
                recall.candidates().size() < 2 || heatMap == null
                        ? null
                        : margin(recall.candidates().get(1)));
        json.put("rivals", rivalsJson());
        json.put("twins", twins.stream().map(Candidate::key).toList());
        json.put("visible", heatMap == null ? null : heatMap.shown().visible().count());
        json.put("differing", heatMap == null ? null : heatMap.differing());
        json.put("advice", advice.isEmpty() ? null : advice);
        return json;
    }

    private record RivalJson(int neuron, double margin, double contrast) {}

    private List<RivalJson> rivalsJson() {
        List<RivalJson> rivals = new ArrayList<>();
        for (int rank = 1; heatMap != null && rank < recall.candidates().size(); rank++) {
            Candidate candidate = recall.candidates().get(rank);
            rivals.add(new RivalJson(candidate.neuron(), margin(candidate), contrast(rank)));
        }
        return rivals;
    }

    /**
     * The contrast of the winner to the candidate of a rank from 1 on; NaN for a candidate that is too far behind, and
     * for none.
     */
    double contrast(int rank) {
        return recall.judgement().rivals().get(rank - 1).contrast();
    }

    private record CriterionJson(String criterion, double value, float bar, boolean met, String sentence) {}

    private CriterionJson json(Criterion criterion) {
        return new CriterionJson(
                Reasons.name(criterion.measure()),
                criterion.value(),
                criterion.bar(),
                criterion.isMet(),
                Reasons.sentence(criterion, recall));
    }
}
