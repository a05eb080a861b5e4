package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.engram.cluster.fixture.Campaign;
import org.junit.jupiter.api.Test;

/** Histories of a cluster without processes, as many as time allows. */
class SimulationTest {

    /** This many histories must show a mistake. */
    private static final int NOTICED_WITHIN = 100;

    @Test
    void noHistoryLosesUndoesOrMisjudgesAnything() {
        for (int seed = 0; seed < Campaign.HISTORIES; seed++) {
            assertEquals("", new Simulation(seed, new Simulation.Rules()).run(), "seed " + seed);
        }
    }

    private static final Map<String, Simulation.Rules> MISTAKES = new TreeMap<>(Map.of(
            "generation not compared",
                    new Simulation.Rules() {
                        @Override
                        boolean supersedes(Entry entry, long held) {
                            return true;
                        }
                    },
            "term not compared",
                    new Simulation.Rules() {
                        @Override
                        long term(long life, int topology) {
                            return 0;
                        }
                    },
            "oldest table instead of the newest, and what is aside deleted",
                    new Simulation.Rules() {
                        @Override
                        OwnerTable newest(List<OwnerTable> tables) {
                            return tables.stream()
                                    .filter(table -> !table.isNone())
                                    .min((a, b) -> a.life() != b.life()
                                            ? Long.compare(a.life(), b.life())
                                            : Integer.compare(a.topology(), b.topology()))
                                    .orElse(OwnerTable.NONE);
                        }

                        @Override
                        boolean deletesWhatIsAside() {
                            return true;
                        }
                    },
            "segment counted twice",
                    new Simulation.Rules() {
                        @Override
                        boolean take(Coverage<Nearest> coverage, Nearest answer) {
                            if (!coverage.take(answer)) {
                                coverage.answers().add(answer);
                            }
                            return true;
                        }
                    },
            "what is forgotten leaves no grave",
                    new Simulation.Rules() {
                        @Override
                        boolean keepsGraves() {
                            return false;
                        }
                    },
            "owner not looked at again after the scan",
                    new Simulation.Rules() {
                        @Override
                        boolean looksAgainAfterTheScan() {
                            return false;
                        }
                    },
            "segment dropped before the copy is whole",
                    new Simulation.Rules() {
                        @Override
                        boolean dropsBeforeTheCopyIsWhole() {
                            return true;
                        }
                    }));

    @Test
    void everyPlantedMistakeIsNoticedWithinAHundredHistories() {
        assertNoticed(MISTAKES, NOTICED_WITHIN);
    }

    /** What else would heal them makes these rare. */
    private static final Map<String, Simulation.Rules> RARE = Map.of(
            "change of an older term not confirmed",
                    new Simulation.Rules() {
                        @Override
                        boolean confirms() {
                            return false;
                        }
                    },
            "term that begins again when all have died",
                    new Simulation.Rules() {
                        @Override
                        long term(long life, int topology) {
                            return Term.of(0, topology);
                        }
                    },
            "written under a table that is not on disk, and owners not reconciled",
                    new Simulation.Rules() {
                        @Override
                        boolean remembersBeforeItWrites() {
                            return false;
                        }

                        @Override
                        boolean reconciles() {
                            return false;
                        }
                    },
            "table remembered while data moves",
                    new Simulation.Rules() {
                        @Override
                        boolean remembersWhileMoving() {
                            return true;
                        }

                        @Override
                        boolean deletesWhatIsAside() {
                            return true;
                        }
                    });

    @Test
    void mistakesThatOthersNearlyHealAreNoticedInTheEnd() {
        assertNoticed(RARE, 20 * NOTICED_WITHIN);
    }

    private static void assertNoticed(Map<String, Simulation.Rules> mistakes, int within) {
        mistakes.forEach((name, rules) -> {
            int seed = 0;
            while (seed < within && new Simulation(seed, rules).run().isEmpty()) {
                seed++;
            }
            System.out.println(name + ": history " + seed);
            assertTrue(seed < within, name + " was not noticed");
        });
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        Simulation.Rules mistake = MISTAKES.get("generation not compared");
        for (int seed = 0; seed < 20; seed++) {
            assertEquals(new Simulation(seed, mistake).run(), new Simulation(seed, mistake).run());
        }
    }
}
