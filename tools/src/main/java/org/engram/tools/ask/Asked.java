package org.engram.tools.ask;

import java.util.List;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.Geometry;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;

/** A store that is shown a picture: on this machine, or on many machines that answer as one. */
public interface Asked {

    Geometry geometry();

    /** When an answer counts as recognised. */
    Criteria criteria();

    /** How many patterns there are. */
    int size();

    /** An answer for every cue, in their order. Its neurons have numbers, or the number -1 where there are none. */
    List<Recall> recallAll(List<Cue> cues, RecallOptions options);

    static Asked of(PatternStore store) {
        return new Asked() {
            @Override
            public Geometry geometry() {
                return store.geometry();
            }

            @Override
            public Criteria criteria() {
                return store.criteria();
            }

            @Override
            public int size() {
                return store.size();
            }

            @Override
            public List<Recall> recallAll(List<Cue> cues, RecallOptions options) {
                return store.recallAll(cues, options);
            }
        };
    }
}
