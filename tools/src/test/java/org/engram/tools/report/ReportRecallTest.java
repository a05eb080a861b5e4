package org.engram.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.engram.store.Criteria;
import org.engram.store.Geometry;
import org.engram.store.Judgement.Measure;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.Recall;
import org.engram.store.StoreOptions;
import org.engram.store.Verdict;
import org.engram.tools.fixture.Browser;
import org.engram.tools.fixture.Cli;
import org.engram.tools.fixture.PageCues;
import org.engram.tools.fixture.PageCues.Asked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of the page of {@code engram report} judges as the library does, to the last digit; without a browser. */
class ReportRecallTest {

    private static final Geometry GEOMETRY = new Geometry(13, 9);
    private static final int CUES = 200;

    @TempDir
    private Path directory;

    @Test
    void thePageJudgesAsTheLibraryInEveryField() throws Exception {
        Path hostile = PageCues.createHostileStore(directory);
        Path few = PageCues.createStoreOfFew(directory);
        List<PageCues> visits = new ArrayList<>();
        visits.add(new PageCues(PageCues.withRealValue(hostile, directory), hostile, PageCues.cues(hostile, CUES, 2)));
        visits.add(new PageCues(few, few, PageCues.cuesOfFew(few)));
        for (int patterns : new int[] {1, 2, 7, 8, 9, 40}) {
            Path store = storeOf(patterns);
            visits.add(new PageCues(store, store, PageCues.cues(store, CUES, patterns)));
        }
        Path empty = storeOf(0);
        visits.add(new PageCues(empty, empty, PageCues.cues(storeOf(3), CUES, 3)));
        List<Map<String, Object>> pages = new ArrayList<>();
        for (PageCues visit : visits) {
            Path page = directory.resolve(pages.size() + ".html");
            Cli.run("report", visit.store(), "-o", page).expect(0);
            pages.add(Map.of("file", page.toString(), "cues", visit.json()));
        }
        List<Map<String, Object>> told = Browser.answers(pages);
        for (int i = 0; i < visits.size(); i++) {
            visits.get(i).assertAnswersAsTheLibrary(told.get(i));
        }
        assertEverythingIsAsked(visits);
    }

    /** Strangers, relatives and twins, and criteria that were recorded after some of them. */
    private Path storeOf(int patterns) {
        Path path = directory.resolve("store of " + patterns);
        try (PatternStore store = PatternStore.create(path, StoreOptions.DEFAULT.withGeometry(GEOMETRY))) {
            Random random = new Random(patterns);
            List<BitSet> stored = new ArrayList<>();
            for (int i = 0; i < patterns; i++) {
                BitSet white = new BitSet();
                if (i % 3 == 0) {
                    for (int j = 0; j < GEOMETRY.pixels(); j++) {
                        white.set(j, random.nextBoolean());
                    }
                } else {
                    white.or(stored.get(random.nextInt(i)));
                    white.flip(0, i % 3 == 1 ? 0 : random.nextInt(12));
                }
                stored.add(white);
                store.memorize("k" + i, Pattern.twoValued(GEOMETRY, white));
                if (i == patterns / 2) {
                    store.setCriteria(new Criteria(0.35f, 0.6f, 0.2f, 0.9f));
                }
            }
        }
        return path;
    }

    /** The cues lead to every verdict by every criterion. */
    private static void assertEverythingIsAsked(List<PageCues> visits) {
        Set<Measure> met = EnumSet.noneOf(Measure.class);
        Set<Measure> missed = EnumSet.noneOf(Measure.class);
        Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
        for (PageCues visit : visits) {
            try (PatternStore store = PatternStore.openReadOnly(visit.like())) {
                for (Asked asked : visit.asked()) {
                    Recall recall = store.recall(asked.cue());
                    verdicts.add(recall.verdict());
                    recall.judgement()
                            .criteria()
                            .forEach(criterion -> (criterion.isMet() ? met : missed).add(criterion.measure()));
                }
            }
        }
        assertEquals(EnumSet.allOf(Verdict.class), verdicts);
        assertEquals(EnumSet.allOf(Measure.class), met);
        assertEquals(EnumSet.allOf(Measure.class), missed);
    }
}
