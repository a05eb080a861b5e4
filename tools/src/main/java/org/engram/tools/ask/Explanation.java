package org.engram.tools.ask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.engram.store.Candidate;
import org.engram.store.Coding;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;
import org.engram.store.Verdict;
import org.engram.tools.console.Text;
import org.engram.tools.draw.HeatMap;
import org.engram.tools.image.Shown;

/**
 * Why a verdict is what it is.
 *
 * @param criteria what was asked of the winner, and how it answered; empty when there is no answer
 * @param twins the winner and the patterns that the cue cannot tell from it, when the verdict is AMBIGUOUS
 * @param hasContrast whether contrast decides about this cue
 * @param contrasts of each candidate, see {@link Rivals#contrast}; NaN for the winner
 * @param advice what the operator can do; empty when the cue was recognised
 * @param heatMap the cue beside the winner's pattern; null when there is no answer
 */
record Explanation(
        List<Judgement.Criterion> criteria,
        List<Candidate> twins,
        boolean hasContrast,
        List<Double> contrasts,
        String advice,
        HeatMap heatMap) {

    /** Twins are looked for among as many neurons. */
    private static final int LOOKED_AT = 100;

    private static final int NAMED = 3;

    /**
     * Works out what the recall does not tell.
     *
     * @param store that answered
     * @param shown what it was shown
     * @param cue made of that
     * @param recall the answer
     * @param bars the criteria that it was held against
     */
    static Explanation of(PatternStore store, Shown shown, Cue cue, Recall recall, Criteria bars) {
        if (recall.candidates().isEmpty()) {
            return none("store patterns with engram memorize");
        }
        if (cue.voters() == 0) {
            return none(
                    cue.coding() == Coding.BIPOLAR
                            ? "show some of the picture: the opaque pixels within --visible are all that the store sees"
                            : "only white and hidden pixels of a unipolar cue vote, and this one has none: show it with --coding bipolar");
        }
        Rivals rivals = new Rivals(store, shown, cue.coding(), recall);
        Judgement judgement = new Judgement(cue, recall, bars, store.size(), rivals);
        List<Double> contrasts = new ArrayList<>();
        for (Candidate candidate : recall.candidates()) {
            contrasts.add(contrasts.isEmpty() ? Double.NaN : rivals.contrast(candidate));
        }
        List<Candidate> twins = recall.verdict() == Verdict.AMBIGUOUS ? twins(store, cue, recall, rivals) : List.of();
        return new Explanation(
                judgement.criteria(),
                twins,
                rivals.hasContrast(),
                contrasts,
                twins.size() > 1 ? judgement.adviceOnTwins(rivals, twins) : judgement.advice(),
                new HeatMap(shown, store.pattern(recall.neuron())));
    }

    private static Explanation none(String advice) {
        return new Explanation(List.of(), List.of(), false, List.of(), advice, null);
    }

    private static List<Candidate> twins(PatternStore store, Cue cue, Recall recall, Rivals rivals) {
        return store.recall(cue, RecallOptions.DEFAULT.withCandidates(LOOKED_AT)).candidates().stream()
                .filter(candidate -> rivals.hasContrast()
                        ? rivals.isTwin(candidate)
                        : candidate.q() == recall.winner().q())
                .toList();
    }

    /** How far a candidate responds less than the winner, in q/R. */
    static double margin(Recall recall, Candidate candidate) {
        return recall.winner().normalisedQ() - candidate.normalisedQ();
    }

    /** What is to be said, a line each: the criteria, the twins, and what to do. */
    List<String> sentences() {
        List<String> lines = new ArrayList<>();
        criteria.forEach(criterion -> lines.add(mark(criterion) + criterion.sentence()));
        if (twins.size() > 1) {
            lines.add("twins: %s fit equally".formatted(names()));
        }
        if (!advice.isEmpty()) {
            lines.add("to do: " + advice);
        }
        return lines;
    }

    private static String mark(Judgement.Criterion criterion) {
        return criterion.isMet() ? "yes: " : "no: ";
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
        int last = keys.size() - 1;
        return keys.stream().limit(last).collect(Collectors.joining(", ")) + " and " + keys.get(last);
    }

    Map<String, Object> json(Recall recall) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("criteria", criteria.stream().map(Explanation::json).toList());
        json.put(
                "margin",
                recall.candidates().size() < 2 || heatMap == null
                        ? null
                        : margin(recall, recall.candidates().get(1)));
        json.put("rivals", rivalsJson(recall));
        json.put("twins", twins.stream().map(Candidate::key).toList());
        json.put("visible", heatMap == null ? null : heatMap.shown().visible().count());
        json.put("differing", heatMap == null ? null : heatMap.differing());
        json.put("advice", advice.isEmpty() ? null : advice);
        return json;
    }

    private List<Map<String, Object>> rivalsJson(Recall recall) {
        List<Map<String, Object>> rivals = new ArrayList<>();
        for (int rank = 1; rank < contrasts.size(); rank++) {
            Map<String, Object> rival = new LinkedHashMap<>();
            rival.put("neuron", recall.candidates().get(rank).neuron());
            rival.put("margin", margin(recall, recall.candidates().get(rank)));
            rival.put("contrast", contrasts.get(rank));
            rivals.add(rival);
        }
        return rivals;
    }

    private static Map<String, Object> json(Judgement.Criterion criterion) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("criterion", criterion.name());
        json.put("value", criterion.value());
        json.put("bar", criterion.bar());
        json.put("met", criterion.isMet());
        json.put("sentence", criterion.sentence());
        return json;
    }
}
