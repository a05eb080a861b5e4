package org.engram.tools.repair;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;
import org.engram.store.Verdict;
import org.engram.tools.qr.QrCodec;

/** Recalls whole symbols from pictures of damaged ones. Safe for any number of threads, as long as the store is open. */
public final class QrRepair {

    private final PatternStore store;
    private final RecallOptions options;
    private final List<Frame> frames;

    /** Looks at the symbols of a store, which stays the caller's. */
    public QrRepair(PatternStore store, Criteria criteria) {
        this.store = store;
        this.options = RecallOptions.DEFAULT.withCriteria(criteria);
        this.frames = Frame.of(store);
    }

    boolean hasSymbols() {
        return !frames.isEmpty();
    }

    /**
     * One sighting and what the store said to it. The answer is accepted if the picture bears it out. The merit is
     * evidence in nats of what is accepted, and contrast of what is not.
     */
    private record Answer(Sighting sighting, Recall recall, boolean accepted, double merit) {}

    /** Looks at a picture in more and more ways, until one is recognised. */
    public Repair repair(Raster raster) {
        Optional<String> alone = QrCodec.decode(raster.source());
        Answer best = null;
        Iterator<List<Sighting>> ways = new Sightings(raster, frames).all().iterator();
        while ((best == null || !best.accepted()) && ways.hasNext()) {
            for (Answer answer : ask(ways.next())) {
                best = better(best, answer);
            }
        }
        return best == null ? new Repair(Verdict.UNKNOWN, null, null, null, null, alone) : conclude(best, alone);
    }

    private Repair conclude(Answer best, Optional<String> alone) {
        if (!best.accepted()) {
            Verdict verdict = best.recall().verdict() == Verdict.AMBIGUOUS ? Verdict.AMBIGUOUS : Verdict.UNKNOWN;
            return new Repair(verdict, best.recall(), best.sighting(), null, null, alone);
        }
        Pattern pattern = store.pattern(best.recall().neuron());
        Optional<String> text = QrCodec.decode(pattern);
        if (alone.isPresent() && text.isPresent() && !alone.equals(text)) {
            // error correction read a symbol that is not the recalled one, so the picture is not of that
            return new Repair(Verdict.UNKNOWN, best.recall(), best.sighting(), null, null, alone);
        }
        return new Repair(Verdict.RECOGNISED, best.recall(), best.sighting(), pattern, text.orElse(null), alone);
    }

    private List<Answer> ask(List<Sighting> sightings) {
        List<Cue> cues = sightings.stream()
                .map(sighting -> sighting.frame().cue(sighting.modules(), sighting.believed()))
                .toList();
        List<Recall> recalls = store.recallAll(cues, options);
        List<Answer> answers = new ArrayList<>();
        for (int k = 0; k < recalls.size(); k++) {
            answers.add(judge(sightings.get(k), recalls.get(k), (double) store.size() * recalls.size()));
        }
        return answers;
    }

    private Answer judge(Sighting sighting, Recall recall, double guesses) {
        Frame frame = sighting.frame();
        if (!recall.isRecognised()) {
            return new Answer(sighting, recall, false, recall.contrast());
        }
        Modules recalled = frame.read(store.pattern(recall.neuron()));
        Evidence evidence = Evidence.of(sighting.modules(), sighting.believed(), recalled, frame.structure());
        return evidence.convinces(guesses)
                ? new Answer(sighting, recall, true, evidence.nats())
                : new Answer(sighting, recall, false, recall.contrast());
    }

    /** The accepted one before others, then the one of more merit, then the earlier. */
    private static Answer better(Answer a, Answer b) {
        if (a == null || a.accepted() != b.accepted()) {
            return a == null || b.accepted() ? b : a;
        }
        return b.merit() > a.merit() ? b : a;
    }
}
