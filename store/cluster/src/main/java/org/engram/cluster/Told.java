package org.engram.cluster;

import java.util.List;
import org.engram.store.Candidate;
import org.engram.store.Judgement;
import org.engram.store.Judgement.Criterion;
import org.engram.store.Judgement.Measure;
import org.engram.store.Judgement.Rival;
import org.engram.store.Recall;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/** Answers of the whole cluster as they travel to a guest. */
@Proto
@ProtoTypeId(71_050)
record Told(List<Answer> answers) {

    /** One answer: the patterns that respond, and the judgement. */
    @Proto
    @ProtoTypeId(71_051)
    record Answer(
            int answered,
            int segments,
            List<Responder> responders,
            List<Asked> asked,
            boolean twin,
            double contrast,
            List<Near> rivals) {

        static Answer of(ClusteredRecall recall) {
            Recall told = recall.ofThoseThatSpoke();
            Judgement judged = told.judgement();
            return new Answer(
                    recall.answered(),
                    recall.segments(),
                    told.candidates().stream().map(Responder::of).toList(),
                    judged.criteria().stream().map(Asked::of).toList(),
                    judged.hasTwin(),
                    judged.contrast(),
                    judged.rivals().stream().map(Near::of).toList());
        }

        ClusteredRecall recall() {
            return new ClusteredRecall(
                    new Recall(
                            new Judgement(
                                    asked.stream().map(Asked::criterion).toList(),
                                    twin,
                                    contrast,
                                    rivals.stream().map(Near::rival).toList()),
                            responders.stream().map(Responder::candidate).toList()),
                    answered,
                    segments);
        }
    }

    /** A candidate. */
    @Proto
    @ProtoTypeId(71_052)
    record Responder(String key, float q, double normalisedQ, double agreement, double deficit) {

        static Responder of(Candidate one) {
            return new Responder(one.key(), one.q(), one.normalisedQ(), one.agreement(), one.deficit());
        }

        Candidate candidate() {
            return new Candidate(-1, key, q, normalisedQ, agreement, deficit);
        }
    }

    /** A criterion. */
    @Proto
    @ProtoTypeId(71_053)
    record Asked(String measure, double value, float bar) {

        static Asked of(Criterion one) {
            return new Asked(one.measure().name(), one.value(), one.bar());
        }

        Criterion criterion() {
            return new Criterion(Measure.valueOf(measure), value, bar);
        }
    }

    /** A rival. */
    @Proto
    @ProtoTypeId(71_054)
    record Near(double contrast, double distance, boolean twin) {

        static Near of(Rival one) {
            return new Near(one.contrast(), one.distance(), one.isTwin());
        }

        Rival rival() {
            return new Rival(-1, contrast, distance, twin);
        }
    }

    static Told of(List<ClusteredRecall> all) {
        return new Told(all.stream().map(Answer::of).toList());
    }

    List<ClusteredRecall> recalls() {
        return answers.stream().map(Answer::recall).toList();
    }
}
