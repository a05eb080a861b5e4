package org.engram.tools.ask;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.engram.store.Coding;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.Judgement;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;
import org.engram.store.Verdict;
import org.engram.tools.image.Shown;

/**
 * The answer of a store to the best of several ways to look at a picture. {@code others} are the ways in which another
 * pattern fits nearly as well. If there are any, the verdict is AMBIGUOUS.
 */
public record Sight(View view, Shown shown, Cue cue, Recall recall, int tried, List<Sight> others) {

    /**
     * Shows a picture in these ways, as one batch. More ways than these may have been tried; all of them count, as each is
     * another chance that something fits.
     */
    static Sight of(
            Asked asked, Eye eye, List<View> views, int tried, Coding coding, RecallOptions wanted, Criteria criteria) {
        List<Shown> shown = views.stream().map(eye::shown).toList();
        List<Cue> cues = shown.stream().map(one -> one.cue(coding)).toList();
        int voters =
                cues.stream().mapToInt(Cue::voters).filter(n -> n > 0).min().orElse(0);
        RecallOptions options = wanted.withCriteria(Chance.among(tried, asked.size(), voters, criteria));
        List<Recall> recalls = asked.recallAll(cues, options);
        List<Sight> sights = new ArrayList<>();
        for (int i = 0; i < recalls.size(); i++) {
            sights.add(new Sight(views.get(i), shown.get(i), cues.get(i), recalls.get(i), tried, List.of()));
        }
        return best(sights);
    }

    private static Sight best(List<Sight> sights) {
        List<Sight> known = sights.stream().filter(Sight::isKnown).toList();
        Sight best = (known.isEmpty() ? sights : known)
                .stream()
                        .max(Comparator.comparingDouble((Sight sight) -> sight.recall.agreement())
                                .thenComparing(
                                        Comparator.comparingInt(sights::indexOf).reversed()))
                        .orElseThrow();
        List<Sight> others = known.stream().filter(best::isRivalledBy).toList();
        return others.isEmpty()
                ? best
                : new Sight(best.view, best.shown, best.cue, ambiguous(best.recall), best.tried, others);
    }

    /** Whether another pattern fits nearly as well in another view. Within one view a store calls it a rival. */
    private boolean isRivalledBy(Sight other) {
        return !other.recall.key().equals(recall.key())
                && 1 - other.recall.agreement() <= Criteria.RIVAL_FACTOR * (1 - recall.agreement());
    }

    private static Recall ambiguous(Recall recall) {
        Judgement judged = recall.judgement();
        return new Recall(
                new Judgement(judged.criteria(), true, judged.contrast(), judged.rivals()), recall.candidates());
    }

    /** Whether the store knew what it was shown, even if it has it twice. */
    boolean isKnown() {
        return recall.verdict() != Verdict.UNKNOWN;
    }
}
