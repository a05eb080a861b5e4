package org.engram.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Stores in which a fuzzer replaces one file, once for every input; made once a process. */
final class FuzzedStores {

    /** Of the first byte of an input: which store. */
    private static final int SPECIMEN = 7;
    /** Of the same byte: whether checksums are put right after the change, so that the values behind them are looked at. */
    private static final int FORGED = 8;
    /** Of the same byte: whether the input follows the bytes that were there, or stands in their place. */
    private static final int APPENDED = 16;

    private static final Logger LOG = Logger.getLogger(Opening.class.getPackageName());
    private static final List<Specimen> SPECIMENS = Specimen.all();
    private static final List<DamagedDirectory> DIRECTORIES = directories();

    private FuzzedStores() {}

    private static List<DamagedDirectory> directories() {
        LOG.setLevel(Level.OFF); // of every recovery
        try {
            Path temp = Files.createTempDirectory("engram-fuzz");
            List<DamagedDirectory> directories = new ArrayList<>();
            for (int s = 0; s < SPECIMENS.size(); s++) {
                directories.add(new DamagedDirectory(temp.resolve("store " + s)));
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(temp, directories)));
            return directories;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path temp, List<DamagedDirectory> directories) {
        try {
            for (DamagedDirectory directory : directories) {
                directory.clear();
                Files.delete(directory.path());
            }
            Files.delete(temp);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the stores, which loading this class does. */
    static void prepare() {
        if (DIRECTORIES.isEmpty()) {
            throw new AssertionError("no store to fuzz");
        }
    }

    /** Checks a store in which what follows the first byte of the input is a file, or its end. */
    static void check(String name, byte[] input) {
        if (input.length == 0) {
            return;
        }
        Specimen specimen = SPECIMENS.get(input[0] & SPECIMEN);
        boolean forged = (input[0] & FORGED) != 0;
        byte[] before = (input[0] & APPENDED) != 0 ? specimen.files().get(name) : new byte[0];
        byte[] bytes = new byte[before.length + input.length - 1];
        System.arraycopy(before, 0, bytes, 0, before.length);
        System.arraycopy(input, 1, bytes, before.length, input.length - 1);
        if (forged && name.equals(StoreDirectory.HEADER)) {
            Checksums.fixHeader(bytes);
        } else if (forged) {
            Checksums.fixJournal(bytes, specimen.header());
        }
        Map<String, byte[]> files = new TreeMap<>(specimen.files());
        files.put(name, bytes);
        DamagedDirectory directory = DIRECTORIES.get(input[0] & SPECIMEN);
        try {
            directory.put(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // A fuzzer finds out checksums by itself, too.
        forged |= name.equals(StoreDirectory.HEADER)
                ? Checksums.matchesHeader(bytes)
                : Checksums.matchesAnotherRecord(bytes, specimen.header(), specimen.journal());
        new DamageOracle(specimen, directory.path()).checkReading(files, forged);
    }
}
