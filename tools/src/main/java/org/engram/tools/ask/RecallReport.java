package org.engram.tools.ask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.engram.store.Candidate;
import org.engram.store.Coding;
import org.engram.store.Cue;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.Verdict;
import org.engram.tools.console.Console;
import org.engram.tools.console.Describe;
import org.engram.tools.console.Table;
import org.engram.tools.console.Text;

/**
 * The answer to a cue, for people and as JSON. The store has this many live neurons. The explanation is null when none
 * is wanted.
 */
public record RecallReport(Sight sight, int live, Explanation explanation) {

    private static final int NAMED = 3;

    /** The answer of a store whose neurons have no numbers, without explanation. */
    public static RecallReport plain(Sight sight, int live) {
        return new RecallReport(sight, live, null);
    }

    private Recall recall() {
        return sight.recall();
    }

    private Cue cue() {
        return sight.cue();
    }

    public Map<String, Object> json() {
        Recall recall = recall();
        boolean empty = hasNoAnswer();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("verdict", recall.verdict().name());
        json.put("key", empty ? null : recall.key());
        if (isNumbered()) {
            json.put("neuron", empty ? null : recall.neuron());
        }
        json.put("q", empty ? null : recall.normalisedQ());
        json.put("agreement", empty ? null : recall.agreement());
        json.put("contrast", recall.contrast());
        json.put("coding", coding());
        json.put("voters", cue().voters());
        json.put("kernel", PatternStore.kernel());
        json.put(
                "runnerUps",
                recall.candidates().stream()
                        .skip(empty ? recall.candidates().size() : 1)
                        .map(RecallReport::runnerUp)
                        .toList());
        json.put("view", sight.view().json());
        json.put("views", sight.tried());
        json.put(
                "otherViews",
                sight.others().stream().map(RecallReport::otherView).toList());
        if (explanation != null) {
            json.put("explanation", explanation.json());
        }
        return json;
    }

    /** Neurons have numbers in a store, and none in a cluster. */
    private boolean isNumbered() {
        return recall().candidates().isEmpty() || recall().neuron() >= 0;
    }

    private static Map<String, Object> runnerUp(Candidate any) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (any.neuron() >= 0) {
            json.put("neuron", any.neuron());
        }
        json.put("key", any.key());
        json.put("q", any.normalisedQ());
        json.put("agreement", any.agreement());
        return json;
    }

    private static Map<String, Object> otherView(Sight other) {
        Recall known = other.recall();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", known.key());
        if (known.neuron() >= 0) {
            json.put("neuron", known.neuron());
        }
        json.put("agreement", known.agreement());
        json.put("view", other.view().json());
        return json;
    }

    public void print(Console console) {
        Recall recall = recall();
        console.line(headline(console));
        ExplanationView view = explanation == null ? null : new ExplanationView(explanation, console);
        if (hasNoAnswer()) {
            if (view != null) {
                view.sentences();
            }
            return;
        }
        console.line("contrast %s, agreement %s, %s of %s pixels vote, %s, %s"
                .formatted(
                        Double.isNaN(recall.contrast()) ? "none" : Text.decimal(recall.contrast(), 4),
                        Text.decimal(recall.agreement(), 4),
                        Text.count(cue().voters()),
                        Text.count(cue().geometry().pixels()),
                        coding(),
                        Text.count(live, "pattern")));
        printView(console);
        console.line("");
        if (view == null) {
            printCandidates(console);
            return;
        }
        view.sentences();
        console.line("");
        view.candidates();
        console.line("");
        view.heatMap();
    }

    private void printView(Console console) {
        String view = sight.view().toString();
        if (sight.tried() > 1) {
            console.line("seen %s, the best of %s".formatted(view, Text.count(sight.tried(), "view")));
        }
        for (Sight other :
                sight.others().subList(0, Math.min(NAMED, sight.others().size()))) {
            console.line("seen %s it is %s, agreement %s"
                    .formatted(
                            other.view(),
                            named(other.recall()),
                            Text.decimal(other.recall().agreement(), 4)));
        }
    }

    private void printCandidates(Console console) {
        List<Table.Column> columns = new ArrayList<>(
                List.of(Table.Column.number("q/R", 9), Table.Column.number("agreement", 9), Table.Column.text("key")));
        if (isNumbered()) {
            columns.addFirst(Table.Column.number("neuron", 8));
        }
        Table table = new Table(console, columns);
        for (Candidate candidate : recall().candidates()) {
            List<String> cells = new ArrayList<>(List.of(
                    Text.decimal(candidate.normalisedQ(), 6),
                    Text.decimal(candidate.agreement(), 4),
                    Text.escape(candidate.key())));
            if (isNumbered()) {
                cells.addFirst(String.valueOf(candidate.neuron()));
            }
            table.row(cells);
        }
    }

    private String headline(Console console) {
        Recall recall = recall();
        if (recall.candidates().isEmpty()) {
            return console.coloured(31, "UNKNOWN")
                    + (live == 0 ? ": nothing is stored" : ": none of the patterns that were asked answers");
        }
        if (hasNoAnswer()) {
            return console.coloured(31, "UNKNOWN")
                    + (cue().coding() == Coding.BIPOLAR
                            ? ": no pixel of the cue is visible"
                            : ": no pixel of the cue votes");
        }
        int colour = recall.verdict() == Verdict.RECOGNISED ? 32 : recall.verdict() == Verdict.AMBIGUOUS ? 33 : 31;
        String verdict = recall.verdict().name();
        return console.coloured(colour, verdict) + answer(recall).substring(verdict.length());
    }

    /** The verdict and the winner in a line. There must be a winner. */
    static String answer(Recall recall) {
        return recall.verdict()
                + switch (recall.verdict()) {
                    case RECOGNISED -> " ";
                    case AMBIGUOUS -> ": several fit equally, the first is ";
                    case UNKNOWN -> ": the nearest is ";
                }
                + named(recall);
    }

    private static String named(Recall recall) {
        String key = Text.escape(recall.key());
        return recall.neuron() < 0 ? key : "%s (neuron %d)".formatted(key, recall.neuron());
    }

    /** Whether there is no answer. Without a vote all neurons respond with 0, and the first of them is no answer. */
    private boolean hasNoAnswer() {
        return recall().candidates().isEmpty() || cue().voters() == 0;
    }

    private String coding() {
        return Describe.name(cue().coding());
    }
}
