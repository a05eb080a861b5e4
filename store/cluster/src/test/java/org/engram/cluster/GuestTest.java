package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.engram.cluster.fixture.Cluster;
import org.engram.cluster.fixture.Symbols;
import org.engram.store.Cue;
import org.engram.store.Pattern;
import org.engram.store.PatternStore;
import org.engram.store.RecallOptions;
import org.engram.store.StoreOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest asks and changes a cluster, and leaves no trace in who owns what. */
class GuestTest {

    private static final int STORED = 60;
    private static final String SECRET = "a secret of the cluster";
    private static final RecallOptions FIVE = RecallOptions.DEFAULT.withCandidates(5);

    @TempDir
    Path temp;

    private static ClusterOptions options(String... hosts) {
        return ClusterOptions.DEFAULT
                .withHosts(hosts)
                .withSecret(SECRET)
                .withLimits(Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    private static Map<String, Pattern> symbols(int from, int to) {
        Map<String, Pattern> symbols = new LinkedHashMap<>();
        for (int i = from; i < to; i++) {
            symbols.put(Symbols.key(i), Symbols.pattern(i));
        }
        return symbols;
    }

    @Test
    void aGuestSeesAllAndCountsForNothingAlsoAfterAStopInOrder() throws Exception {
        try (Cluster cluster = new Cluster(temp, 4, 16).withSecret(SECRET)) {
            cluster.startAll(1, 2, 3);
            Path table = cluster.directoryOf(1).resolve("owners");
            String owners = Files.readString(table);
            ClusterOptions options = options(cluster.hosts());
            try (ClusterGuest guest = ClusterGuest.connect(options)) {
                assertEquals(Symbols.G, guest.geometry());
                assertEquals(16, guest.segments());
                assertEquals(List.of("m1", "m2", "m3"), guest.members());
                guest.memorizeAll(symbols(0, STORED));
                assertEquals(STORED, guest.size());
                assertEquals(List.copyOf(symbols(0, STORED).keySet()), guest.keys());
                assertEquals(symbols(10, 20), guest.patterns(symbols(10, 20).keySet()));
                assertEquals(Map.of(), guest.patterns(List.of("nobody")));
                requireHealthy(guest);
                guest.putAll(Map.of(Symbols.key(3), Symbols.pattern(3)));
                assertTrue(assertThrows(ClusterException.class, () -> guest.memorizeAll(symbols(3, 4)))
                        .getMessage()
                        .startsWith("keys are in use, all others are stored: "));
                requireAnswersOfOneStore(guest);
                assertEquals(owners, Files.readString(table));
                cluster.get(1).kill();
                requireAnswersOfOneStore(guest);
                requireMembers(guest, "m2", "m3");
                requireHealthy(guest);
                cluster.start(4);
                cluster.requireJoined(4);
                requireHealthy(guest);
                leave(cluster, 2);
                requireHealthy(guest);
                leave(cluster, 3);
                requireMembers(guest, "m4");
                assertEquals(16, guest.health().copiesShort());
                // The guest has been there for longest: a member joins with its help, and settles without it.
                cluster.start(2);
                cluster.requireJoined(2);
                requireHealthy(guest);
                requireAnswersOfOneStore(guest);
                guest.shutdownCluster(Duration.ofSeconds(30));
                assertThrows(ClusterException.class, guest::health);
            }
            assertTrue(assertThrows(
                            ClusterException.class,
                            () -> ClusterGuest.connect(options.withLimits(Duration.ofSeconds(1), Duration.ofSeconds(1)))
                                    .close())
                    .getMessage()
                    .startsWith("no cluster answers: expected a member at 127.0.0.1:"));
            cluster.killAll();
            requireAsBeforeTheStop(cluster, options);
        }
    }

    /** The engine keeps it over a stop that nothing was to move, unless told otherwise. */
    private void requireAsBeforeTheStop(Cluster cluster, ClusterOptions options) throws Exception {
        cluster.startAll(2, 4);
        cluster.start(3);
        cluster.requireJoined(3);
        leave(cluster, 2);
        try (ClusterGuest guest = ClusterGuest.connect(options)) {
            requireHealthy(guest);
        }
        leave(cluster, 3);
        try (ClusterGuest guest = ClusterGuest.connect(options)) {
            requireMembers(guest, "m4");
            assertEquals(16, guest.health().copiesShort());
            requireAnswersOfOneStore(guest);
        }
    }

    private static void leave(Cluster cluster, int number) {
        assertEquals("closed", cluster.get(number).ask("close"));
        cluster.get(number).kill();
    }

    /** A death is noticed after a while. */
    private static void requireMembers(ClusterGuest guest, String... names) throws InterruptedException {
        for (int i = 0; i < 300 && !guest.members().equals(List.of(names)); i++) {
            Thread.sleep(100);
        }
        assertEquals(List.of(names), guest.members());
    }

    private static void requireHealthy(ClusterGuest guest) throws InterruptedException {
        Health healthy = new Health(2, 16, 0, 0, true, true, List.of(), List.of());
        Thread.sleep(500);
        for (int i = 0; i < 300 && !guest.health().equals(healthy); i++) {
            Thread.sleep(100);
        }
        assertEquals(healthy, guest.health());
    }

    private void requireAnswersOfOneStore(ClusterGuest guest) {
        Path one = temp.resolve("one");
        try (PatternStore store = PatternStore.openOrCreate(one, StoreOptions.DEFAULT.withGeometry(Symbols.G))) {
            symbols(0, STORED).forEach(store::put);
            List<Cue> cues = new ArrayList<>();
            for (int n = 0; n < 20; n++) {
                cues.add(Symbols.nth(n, STORED));
            }
            List<ClusteredRecall> told = guest.recallAll(cues, FIVE);
            for (int n = 0; n < cues.size(); n++) {
                assertEquals(Symbols.line(store, cues.get(n)), Symbols.line(told.get(n)), "cue " + n);
            }
        }
    }

    @Test
    void aMemberMayNotBeCalledLikeAGuest() {
        assertEquals(
                "name is not that of a member: expected another than guest-..., found guest-1; choose another",
                assertThrows(
                                ClusterException.class,
                                () -> ClusteredStore.join(temp, ClusterOptions.DEFAULT.withName("guest-1"))
                                        .close())
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "", " ", "north or south", "a\nb"})
    void aNameThatListsOfNamesCannotHoldIsRefused(String name) {
        assertEquals(
                "name of a member: expected some text without commas, line breaks and the word or between spaces, found "
                        + name,
                assertThrows(IllegalArgumentException.class, () -> ClusterOptions.DEFAULT.withName(name))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1:7800",
        "10.0.0.1:7801, 10.0.0.1:7801",
        "::1, [::1]:7800",
        "[::1], [::1]:7800",
        "[::1]:65535, [::1]:65535",
        "fe80::1, [fe80::1]:7800"
    })
    void aPlaceIsReadAsItIsWritten(String text, String written) {
        Place place = Place.of(text, 7800);
        assertEquals(written, place.toString());
        assertEquals(place, Place.of(written, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":7800", "10.0.0.1:0", "10.0.0.1:65536", "10.0.0.1:78000", "[::1", "[::1]:", "::1]:7800"})
    void aPlaceWhereNobodyCanListenIsRefused(String text) {
        assertEquals(
                "host: expected an address such as 10.0.0.1, 10.0.0.1:7801 or [::1]:7801, found " + text,
                assertThrows(IllegalArgumentException.class, () -> Place.of(text, 7800))
                        .getMessage());
    }

    @Test
    void aHostWithAPortThatIsNoneIsRefused() {
        assertEquals(
                "host: expected an address such as 10.0.0.1, 10.0.0.1:7801 or [::1]:7801, found 10.0.0.1:x",
                assertThrows(IllegalArgumentException.class, () -> ClusterOptions.DEFAULT.withHosts("10.0.0.1:x"))
                        .getMessage());
    }
}
