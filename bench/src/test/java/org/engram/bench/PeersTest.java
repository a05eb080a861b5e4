package org.engram.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.engram.store.Candidate;
import org.engram.store.Judgement;
import org.engram.store.Recall;
import org.engram.store.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening a benchmark checks all its answers, so that these tests mostly have to open one of each. */
class PeersTest {

    private static final int NEURONS = 21;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Blas.class)
    void everyBlasGivesTheRightResponsesToOneCueAndToABatch(Blas blas) {
        assumeTrue(blas == Blas.NETLIB || Blas.here() == blas, "no OpenBLAS on this machine");
        OpenBlasScan scan = new OpenBlasScan();
        scan.blas = blas;
        OpenBlasBatch batch = new OpenBlasBatch();
        batch.blas = blas;

        openAndClose(scan);
        openAndClose(batch);
    }

    @Test
    void theStoreGivesTheRightResponsesToABatchAndToTheCueOfARecall() {
        openAndClose(new StoreBatch());
        openAndClose(new RecallByStripes());
    }

    @Test
    void aBlasThatIsToldToBeElsewhereIsNotLookedForAtTheUsualPlaces() {
        System.setProperty(
                OpenBlas.PATH_PROPERTY, directory.resolve("libnothing.so").toString());
        try {
            assertEquals(Blas.NETLIB, Blas.here());
            assertTrue(
                    Blas.describe().endsWith("no OpenBLAS found: apt-get install libopenblas0-pthread"),
                    Blas.describe());
            Exception refused = assertThrows(IllegalStateException.class, Blas.OPENBLAS::open);
            assertTrue(refused.getMessage().startsWith("no OpenBLAS found: expected "), refused.getMessage());
        } finally {
            System.clearProperty(OpenBlas.PATH_PROPERTY);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 10, 11, 1030})
    void theTenNearestOfTheStoreAreRightAtEverySize(int neurons) {
        TenNearest ten = new TenNearest();
        ten.neurons = neurons;
        ten.open(directory);
        ten.closeStore();
        ten.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 1030})
    void faissItselfFindsWhatIsNearestWhereItIsInstalled(int neurons) {
        assumeTrue(Faiss.python().isPresent(), "no FAISS on this machine");
        for (FaissIndex index : FaissIndex.values()) {
            FaissScan scan = new FaissScan();
            scan.index = index;
            scan.neurons = neurons;
            scan.open(directory);
            assertEquals(neurons * 2 / 3, scan.faiss()[0], index.name());
            scan.end();
            scan.close();
        }
    }

    @Test
    void withoutFaissItsSuiteIsLeftOutAndRefusedWithWhatToInstall() {
        System.setProperty(Faiss.PYTHON_PROPERTY, directory.resolve("no-python").toString());
        try {
            assertEquals("not found: apt-get install python3-faiss", Faiss.describe());
            assertFalse(Suite.named("all").contains(Suite.FAISS));
            Exception refused = assertThrows(IllegalStateException.class, Faiss::require);
            assertEquals(
                    "no FAISS found: expected a Python that imports it, at /usr/bin/python3, in the path or where "
                            + "-Dengram.bench.python says; apt-get install python3-faiss",
                    refused.getMessage());
        } finally {
            System.clearProperty(Faiss.PYTHON_PROPERTY);
        }
    }

    @Test
    void luceneAndJVectorGiveTheRightResponses() {
        openAndClose(new LuceneScan());
        openAndClose(new JVectorScan());
    }

    @Test
    void aBatchWithOneResponseThatIsOneOffIsRefused() {
        BatchReference reference = BatchReference.of(2, OpenBlasBatch.damaged(2));

        Exception refused = assertThrows(
                IllegalStateException.class,
                () -> reference.requireResponses("batch", new float[2 * OpenBlasBatch.CUES]));

        assertTrue(refused.getMessage().startsWith("batch is wrong: neuron 0 responds to cue 0 with 0.0, expected "));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 21, 1030})
    void theSumsOfBitsAndTheHammingScanAreRightAtEverySize(int neurons) {
        PackedLimit limit = new PackedLimit();
        limit.neurons = neurons;
        FaissStyleHamming hamming = new FaissStyleHamming();
        hamming.neurons = neurons;

        limit.open(directory);
        limit.close();
        FaissStyleRange range = new FaissStyleRange();
        range.neurons = neurons;
        range.open(directory);
        range.close();
        hamming.open(directory);
        assertEquals(neurons * 2 / 3, hamming.faissStyle());
        hamming.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 21, 1030})
    void everyRecallOfBitsIsRightAtEverySize(int neurons) {
        BitRecall recall = new BitRecall();
        recall.neurons = neurons;
        BitBatch batch = new BitBatch();
        batch.neurons = neurons;

        SubsetRecall subset = new SubsetRecall();
        subset.neurons = neurons;
        subset.open(directory);
        subset.close();
        recall.open(directory);
        assertEquals(recall.clean(), recall.result());
        recall.close();
        batch.open(directory);
        assertEquals(64, batch.batchOfClean().size());
        batch.close();
    }

    @Test
    void aRecallThatNamesAnotherNeuronOrRespondsOtherwiseIsRefused() {
        try (PackedSymbols symbols = PackedSymbols.open(directory, 9)) {
            BitSet all = new BitSet();
            all.set(0, StripeScan.PIXELS);
            BitReference reference = BitReference.of(symbols, 9, Symbols.white(4), all);
            int white = Symbols.white(4).cardinality();
            Candidate other = new Candidate(5, "symbol-5", white, 0, 1, 0);
            float[] responses = new float[9];

            Exception wrong = assertThrows(
                    IllegalStateException.class,
                    () -> reference.requireAnswer(
                            "recall", new Recall(Judgement.NONE, List.of(other)), Verdict.RECOGNISED));
            Exception off =
                    assertThrows(IllegalStateException.class, () -> reference.requireResponses("scan", responses));

            assertEquals(4, reference.nearest());
            assertEquals(
                    "recall is wrong: expected neuron 4, RECOGNISED, with %d, found neuron 5, UNKNOWN, with %s"
                            .formatted(white, (float) white),
                    wrong.getMessage());
            assertTrue(off.getMessage().startsWith("scan is wrong: neuron 0 responds with 0.0, expected "));
        }
    }

    @Test
    void aPixelStandsInTheBlockThatTheFormatSays() {
        BitSet white = new BitSet();
        white.set(28);
        white.set(13_455);
        long[] expected = new long[PackedSymbols.WORDS];
        expected[8] = 2;
        expected[8 * (13_455 % 27) + 13_455 / 27 / 64] |= 1L << 13_455 / 27 % 64;

        assertArrayEquals(expected, PackedSymbols.pack(white));
    }

    @Test
    void packedSymbolsThatWereCutAreRefused() throws Exception {
        PackedSymbols.open(directory, 3).close();
        Path sketches = directory.resolve("symbols-v2-packed-3/sketch.bits");
        Files.write(sketches, new byte[64]);

        Exception refused = assertThrows(IllegalStateException.class, () -> PackedSymbols.open(directory, 3));

        assertEquals(
                "benchmark file is not what it was made as: " + sketches
                        + ": expected 192 bytes, found 64; delete it and run again",
                refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Peer.class)
    void everyPeerHoldsWhatWasPutAfterItWasOpenedAgain(Peer peer) throws Exception {
        for (int bytes : new int[] {1_728, 53_824, 107_648}) {
            Path empty = Files.createDirectory(directory.resolve("entries-" + bytes));
            peer.check(empty, new Entries(40, bytes));
            try (KeyValuePeer opened = peer.open(empty, 40, bytes)) {
                assertFalse(opened.get("symbol-40", new byte[bytes]));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Peer.class)
    void aPeerThatHoldsAnotherValueIsRefused(Peer peer) {
        try (KeyValuePeer opened = peer.open(directory, 2, 1_728)) {
            opened.put("symbol-0", new byte[1_728]);

            Exception refused =
                    assertThrows(IllegalStateException.class, () -> peer.requireAll(opened, new Entries(1, 1_728)));

            assertEquals(peer + " is wrong: symbol-0 does not hold what was put", refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_728, 53_824, 107_648})
    void writesAndGetsAreRightAndLeaveNothingBehind(int bytes) throws Exception {
        PositionedWrites writes = new PositionedWrites();
        writes.bytes = bytes;
        MappedCopy copy = new MappedCopy();
        copy.bytes = bytes;
        copy.count = 40;
        StoreAppends appends = new StoreAppends();
        appends.bytes = bytes;
        StoreGets patterns = new StoreGets();
        patterns.bytes = bytes;
        patterns.count = 40;
        PeerGets gets = new PeerGets();
        gets.bytes = bytes;
        gets.count = 40;
        gets.peer = Peer.LMDB;

        writes.check(directory);
        appends.check(directory);
        patterns.open(directory);
        assertEquals(StripeScan.PIXELS, patterns.engramValues().length);
        patterns.close();
        copy.open(directory);
        byte[] copied = copy.mappedCopy().clone();
        copy.close();
        gets.open(directory);
        assertArrayEquals(copied, gets.get());
        gets.close();

        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void aStoreIsOpenedAndItsJournalReadToItsEnd() throws Exception {
        StoreOpening opening = new StoreOpening();
        opening.neurons = 210;

        opening.open(directory);
        assertEquals(210, opening.engram());
        assertEquals(Files.size(directory.resolve("symbols-v2-packed-210/journal")), opening.read());
        opening.close();
    }

    private void openAndClose(StripeScan scan) {
        scan.neurons = NEURONS;
        scan.open(directory);
        assertEquals(ValueLayout.JAVA_FLOAT.byteSize() * StripeScan.PIXELS, scan.stripes[0].byteSize());
        scan.close();
    }
}
