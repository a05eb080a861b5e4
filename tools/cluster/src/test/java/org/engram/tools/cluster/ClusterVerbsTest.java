package org.engram.tools.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.engram.tools.cluster.fixture.Members;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster from its first member to its last, as an operator sees it. */
class ClusterVerbsTest {

    private static final int STORED = 600;

    @TempDir
    Path temp;

    private Path store() throws Exception {
        Path texts = temp.resolve("texts.csv");
        Files.writeString(
                texts, IntStream.range(0, STORED).mapToObj(i -> "K%d,TEXT %d\n".formatted(i, i)).collect(Collectors.joining()));
        Path store = temp.resolve("signs");
        Members.run("create", store).expect(0);
        Members.run("import", store, texts).expect(0);
        Members.run("show", store, "K7", "--png", temp.resolve("k7.png")).expect(0);
        return store;
    }

    /** Whether what the cluster exports is what the store holds. */
    private void requireExportIsStore(Members members, Path store, String name) {
        Path array = temp.resolve(name + ".npy");
        assertEquals(
                "exported 600 patterns to %s\n".formatted(array),
                members.guest("export", array).expect(0).out());
        Path back = temp.resolve(name);
        Members.run("create", back).expect(0);
        Members.run("import", back, array, "--keys", temp.resolve(name + ".keys"))
                .expect(0);
        assertEquals("equal: 600 keys\n", Members.run("diff", store, back).expect(0).out());
    }

    @Test
    @Timeout(240)
    void aClusterIsFilledAskedStoppedAndStartedAgain() throws Exception {
        Path store = store();
        try (Members members = new Members(temp, 2)) {
            assertEquals(
                    "engram: no cluster answers: expected a member at %s or %s, found nobody who listens there; start a member,"
                                    .formatted(members.place(1), members.place(2))
                            + " or name where one is\n",
                    members.guest("status", "--limit=1").expect(2).err());
            members.startAll("join", 1, 2);
            assertTrue(members.requireJoined(1).matches("m1 has joined cluster engram: \\d+ of 16 segments, 0 patterns, "
                    + "[12] members?\nCtrl-C or TERM lets it leave in order; engram cluster stop stops all members\n"));
            assertEquals(
                    "imported 600 patterns; the cluster holds 600 patterns\n",
                    members.guest("import", store).expect(0).out());
            assertEquals(
                    "imported 0 patterns, 600 there already; the cluster holds 600 patterns\n",
                    members.guest("import", store).expect(0).out());
            String status = members.guest("status").expect(0).out();
            assertTrue(
                    status.startsWith("cluster engram is healthy: 2 members, 16 segments in 2 copies, 600 patterns\n\nmember"),
                    status);
            requireErrors(members);
            requireAnswersOfStore(members, store);
            requireExportIsStore(members, store, "first");
            assertEquals(
                    "stopped 2 members in order: m1, m2; start all of them to go on\n",
                    members.guest("stop").expect(0).out());
            for (int number : List.of(1, 2)) {
                assertEquals(
                        "engram: note: the cluster was stopped in order; start all members to go on\n",
                        members.ended(number).expect(0).err());
            }
            members.startAll("join", 1, 2);
            requireOneThatLeaves(members);
            members.get(1).destroyForcibly().waitFor();
            members.startAll("restore", 2);
            awaitComplete(members);
            requireExportIsStore(members, store, "second");
        }
    }

    /** Who is restored speaks for its segments when it has offered what it had. */
    private static void awaitComplete(Members members) throws Exception {
        for (int i = 0; i < 60 && members.guest("recall", "--qr=TEXT 7").code() != 0; i++) {
            Thread.sleep(500);
        }
    }

    /** Ends m2 in order, and shows what is wrong then. */
    private static void requireOneThatLeaves(Members members) throws Exception {
        members.get(2).destroy();
        assertEquals(
                "engram: note: m2 has left; the others copy what it had\n",
                members.ended(2).expect(143).err());
        String alone = members.guest("status").expect(Code.DEGRADED).out();
        assertTrue(
                alone.startsWith("cluster engram is degraded: 1 member, 16 segments in 2 copies, 600 patterns\n"
                        + "  16 copies short: another loss can make recalls incomplete\n\nmember"),
                alone);
    }

    private void requireAnswersOfStore(Members members, Path store) throws Exception {
        Path picture = temp.resolve("k7.png");
        List<String> half = List.of("--visible=0,0,58,116");
        String expected = Members.run("recall", store, picture, half.getFirst()).expect(0).out();
        String found = members.guest("recall", picture, half.getFirst()).expect(0).out();
        assertEquals("RECOGNISED K7", found.lines().findFirst().orElseThrow());
        assertEquals(
                expected.replace(" (neuron 7)", "").lines().limit(2).toList(),
                found.lines().limit(2).toList());
        assertEquals(
                expected.lines().skip(4).map(line -> line.substring(10)).toList(),
                found.lines().skip(4).toList());
        Path grey = temp.resolve("grey.png");
        BufferedImage image = new BufferedImage(116, 116, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(58, 58, 0, 128);
        ImageIO.write(image, "png", grey.toFile());
        assertEquals(
                "engram: --grey is for stores: expected none, as a cluster holds black and white patterns only\n",
                members.guest("recall", grey, "--grey").expect(1).err());
        String json = members.guest("recall", "--qr=NEVER STORED", "--json").expect(4).out();
        assertTrue(json.contains("\"verdict\" : \"UNKNOWN\"") && json.contains("\"answered\" : 16"), json);
    }

    /** Each in one line that says what to do; all at once, as most of them look for members first. */
    private void requireErrors(Members members) throws Exception {
        Path wrong = Files.writeString(temp.resolve("wrong"), "another secret than theirs\n");
        Map<String, Callable<Members.Result>> calls = Map.of(
                "guest was not let in: expected the secret of cluster engram, found another; give it the secret that m",
                () -> members.guest("status", "--secret-file=" + wrong),
                "directory is a member already: %s; stop the other process".formatted(temp.resolve("part1")),
                () -> Members.run(members.asMember("join", 1).toArray()),
                "member cannot listen: expected two free ports at 127.0.0.1, found ",
                () -> join(members, temp.resolve("third")),
                "member does not fit the cluster: %s: expected geometry 116 x 116, 16 segments, 2 owners, as m"
                        .formatted(temp.resolve("fourth")),
                () -> join(members, temp.resolve("fourth"), "--address=" + free(), "--name=m4", "--size=20x20"),
                "name of the member is in use %s: m1; give each".formatted(temp.resolve("fifth")),
                () -> join(members, temp.resolve("fifth"), "--address=" + free()));
        Map<String, Future<Members.Result>> results = new HashMap<>();
        try (ExecutorService pool = Executors.newCachedThreadPool()) {
            calls.forEach((start, call) -> results.put(start, pool.submit(call)));
        }
        for (Map.Entry<String, Future<Members.Result>> result : results.entrySet()) {
            requireError(result.getKey(), result.getValue().get());
        }
    }

    private static String free() {
        return "127.0.0.1:" + (20_000 + ThreadLocalRandom.current().nextInt(9_000));
    }

    private static Members.Result join(Members members, Path directory, String... more) {
        List<Object> words = new ArrayList<>(members.asMember("join", 1));
        words.set(2, directory);
        for (String word : more) {
            words.removeIf(any -> any.toString().startsWith(word.replaceFirst("=.*", "=")));
            words.add(word);
        }
        return Members.run(words.toArray());
    }

    private static void requireError(String start, Members.Result result) {
        result.expect(2);
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().startsWith("engram: " + start), result.err());
    }
}
