package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.engram.store.Durability;
import org.engram.store.Geometry;
import org.engram.store.fixture.InterceptedMedium;
import org.engram.store.fixture.SmallStores;
import org.engram.store.fixture.Specimen;
import org.engram.store.fixture.StoreBytes;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.medium.StoreDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a writer does to the end of a journal that it takes over; RecoveryTest has what comes of it. */
class TornTailTest {

    private static final Geometry G = new Geometry(5, 3);
    private static final int END = SmallStores.END_OF_TWO;
    private static final int FENCE = 1 << 20;

    @TempDir
    Path temp;

    private Path store;
    private Path journal;
    private int forces;
    /** Somebody who appends as soon as the fence is written, or nobody. */
    private byte[] appended = {};

    @BeforeEach
    void createStore() throws IOException {
        store = temp.resolve("store");
        journal = SmallStores.createOfTwo(store, G);
    }

    private final class Watching extends InterceptedMedium {

        Watching() {
            super(StoreDirectory.DISK);
        }

        @Override
        protected void on(Call call, Path path, Pending pending) throws IOException {
            pending.make();
            forces += call == Call.FORCE ? 1 : 0;
            if (call == Call.WRITE && appended.length > 0) {
                try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                    file.seek(END);
                    file.write(appended);
                }
            }
        }
    }

    private StoreFiles open() {
        StoreDirectory directory = new StoreDirectory(store, new Watching());
        Access access = Access.writer(Durability.PROCESS_SAFE, Specimen.CLOCK).on(directory.medium());
        return StoreFiles.open(directory, Header.read(directory), access);
    }

    private static void assertOnes(byte[] bytes, int... places) {
        byte[] expected = Arrays.copyOf(bytes, bytes.length);
        Arrays.fill(expected, END, expected.length, (byte) 0);
        for (int place : places) {
            Arrays.fill(expected, place, place + 8, (byte) -1);
        }
        assertArrayEquals(expected, bytes);
    }

    @Test
    void aFenceStandsFarBehindTheEndAndAtItWhereNobodyAppends() throws IOException {
        byte[] before = Files.readAllBytes(journal);
        long began = System.nanoTime();
        try (StoreFiles files = open()) {
            new TornTail(files).fence(END, 20_000_000);
        }
        assertTrue(System.nanoTime() - began >= 20_000_000);
        byte[] after = Files.readAllBytes(journal);
        assertEquals(END + FENCE + 8, after.length);
        assertArrayEquals(before, Arrays.copyOf(after, END));
        assertOnes(after, END, END + FENCE);
    }

    @Test
    void aFenceSparesWhatSomebodyAppendsMeanwhile() throws IOException {
        appended = new byte[] {0, 0, 0, 0, 0, 0, 0, 5};
        try (StoreFiles files = open()) {
            new TornTail(files).fence(END, 0);
        }
        byte[] after = Files.readAllBytes(journal);
        assertEquals(5, after[END + 7]);
        after[END + 7] = 0;
        assertOnes(after, END + FENCE);
    }

    @Test
    void aFenceStandsBehindTheRemainsOfAnAppend() throws IOException {
        StoreBytes.append(journal, new byte[40]);
        try (StoreFiles files = open()) {
            new TornTail(files).fence(END, 0);
        }
        byte[] after = Files.readAllBytes(journal);
        assertEquals(END + 40 + FENCE + 8, after.length);
        assertOnes(after, END + 40, END + 40 + FENCE);
    }

    @Test
    void whatWouldStandBehindASyncIsSpoilt() throws IOException {
        for (int length : new int[] {0, 64, 65, 100}) {
            StoreBytes.cut(journal, END);
            StoreBytes.append(journal, new byte[length]);
            try (StoreFiles files = open()) {
                new TornTail(files).spoil(END);
            }
            byte[] after = Files.readAllBytes(journal);
            assertEquals(length == 65 ? END + 72 : END + length, after.length, "of " + length);
            if (length > 64) {
                assertOnes(after, END + 64);
            } else {
                assertOnes(after);
            }
        }
    }

    @Test
    void aCutIsForcedWhereThereWasSomethingToCut() throws IOException {
        for (int length : new int[] {0, 1}) {
            StoreBytes.append(journal, new byte[length]);
            StoreBytes.append(store.resolve("sketch.bits"), new byte[9]);
            try (StoreFiles files = open()) {
                forces = 0;
                new TornTail(files).recover(END);
                assertEquals(length, forces);
            }
            assertEquals(END, Files.size(journal));
            assertEquals(128, Files.size(store.resolve("sketch.bits")));
        }
    }

    @Test
    void remainsThatAreKeptGetANameThatIsFree() throws IOException {
        byte[] remains = new byte[5000];
        Arrays.fill(remains, (byte) 7);
        long time = Specimen.CLOCK.millis();
        Files.writeString(store.resolve("journal.cut-%d-%d".formatted(END, time)), "kept before");
        StoreBytes.append(journal, remains);
        try (StoreFiles files = open()) {
            new TornTail(files).keep(END, Specimen.CLOCK);
        }
        assertArrayEquals(remains, Files.readAllBytes(store.resolve("journal.cut-%d-%d".formatted(END, time + 1))));
        assertEquals("kept before", Files.readString(store.resolve("journal.cut-%d-%d".formatted(END, time))));
        assertEquals(END + 5000, Files.size(journal));
    }
}
