package org.engram.store;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Seeded damage to the files of a store: accidents, and now and then a forger who puts the checksums right again. */
final class RandomDamage {

    private static final int RUN_BYTES = 64;
    private static final int BLOCK_BYTES = 8;

    private final SplittableRandom random;
    private final Specimen specimen;

    RandomDamage(long seed, Specimen specimen) {
        this.random = new SplittableRandom(seed);
        this.specimen = specimen;
    }

    /** One to four damages; what they leave alone is the same array. */
    Map<String, byte[]> damaged() {
        Map<String, byte[]> files = new TreeMap<>(specimen.files());
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            String name = name();
            files.put(name, damaged(name, files.get(name)));
        }
        return files;
    }

    /** The header seldom: with that damaged, nothing else is looked at. */
    private String name() {
        int dice = random.nextInt(20);
        if (dice == 0) {
            return StoreDirectory.HEADER;
        }
        if (dice < 10) {
            return StoreDirectory.JOURNAL;
        }
        List<Part> parts = specimen.parts();
        return parts.get(random.nextInt(parts.size())).fileName;
    }

    private byte[] damaged(String name, byte[] bytes) {
        if (bytes.length == 0) {
            return grown(bytes);
        }
        return switch (random.nextInt(8)) {
            case 0, 1 -> flipped(bytes);
            case 2 -> overwritten(bytes);
            case 3 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 4 -> grown(bytes);
            case 5 -> swapped(bytes);
            case 6 -> name.equals(StoreDirectory.JOURNAL) ? withRecordTwice(bytes) : cutToStripe(name, bytes);
            default -> without(bytes);
        };
    }

    private byte[] flipped(byte[] bytes) {
        byte[] copy = bytes.clone();
        for (int i = random.nextInt(1, 9); i > 0; i--) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private byte[] overwritten(byte[] bytes) {
        byte[] copy = bytes.clone();
        int from = random.nextInt(copy.length);
        int to = Math.min(copy.length, from + random.nextInt(1, RUN_BYTES));
        switch (random.nextInt(3)) {
            case 0 -> Arrays.fill(copy, from, to, (byte) 0);
            case 1 -> Arrays.fill(copy, from, to, (byte) 0xFF);
            default -> {
                for (int i = from; i < to; i++) {
                    copy[i] = (byte) random.nextInt();
                }
            }
        }
        return copy;
    }

    private byte[] grown(byte[] bytes) {
        byte[] more = Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 3 * RUN_BYTES));
        if (random.nextBoolean()) {
            for (int i = bytes.length; i < more.length; i++) {
                more[i] = (byte) random.nextInt();
            }
        }
        return more;
    }

    private byte[] swapped(byte[] bytes) {
        int blocks = bytes.length / BLOCK_BYTES;
        int length = BLOCK_BYTES * random.nextInt(1, Math.max(2, blocks / 2));
        int one = BLOCK_BYTES * random.nextInt(Math.max(1, blocks - length / BLOCK_BYTES + 1));
        int other = BLOCK_BYTES * random.nextInt(Math.max(1, blocks - length / BLOCK_BYTES + 1));
        byte[] copy = bytes.clone();
        if (one + length <= bytes.length && other + length <= bytes.length) {
            System.arraycopy(bytes, one, copy, other, length);
            System.arraycopy(bytes, other, copy, one, length);
        }
        return copy;
    }

    /** A record once more: in the place of another, or pushed in before it. */
    private byte[] withRecordTwice(byte[] journal) {
        List<Specimen.State> states = specimen.states();
        int k = random.nextInt(1, states.size());
        int from = states.get(k - 1).end();
        int length = Math.max(0, Math.min(states.get(k).end(), journal.length) - from);
        int at = Math.min(
                journal.length, states.get(random.nextInt(states.size())).end());
        if (random.nextBoolean()) {
            byte[] copy = Arrays.copyOf(journal, Math.max(journal.length, at + length));
            System.arraycopy(journal, Math.min(from, journal.length - length), copy, at, length);
            return copy;
        }
        byte[] copy = Arrays.copyOf(journal, journal.length + length);
        System.arraycopy(journal, at, copy, at + length, journal.length - at);
        System.arraycopy(journal, Math.min(from, journal.length - length), copy, at, length);
        return copy;
    }

    private byte[] cutToStripe(String name, byte[] bytes) {
        for (Part part : specimen.parts()) {
            int stripe = Math.toIntExact(part.stripeBytes(specimen.geometry()));
            if (part.fileName.equals(name) && stripe > 0) {
                return Arrays.copyOf(
                        bytes,
                        bytes.length / stripe * stripe
                                - random.nextInt(2) * Math.min(stripe, bytes.length / stripe * stripe));
            }
        }
        return flipped(bytes);
    }

    /** With a run left out, and what followed moved up. */
    private byte[] without(byte[] bytes) {
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + random.nextInt(1, RUN_BYTES));
        byte[] copy = Arrays.copyOf(bytes, bytes.length - (to - from));
        System.arraycopy(bytes, to, copy, from, bytes.length - to);
        return copy;
    }

    /** Puts the checksums of header and records right in copies of what was damaged. */
    Map<String, byte[]> forged(Map<String, byte[]> damaged) {
        Map<String, byte[]> forged = new TreeMap<>(damaged);
        byte[] header = forged.get(StoreDirectory.HEADER);
        if (!Arrays.equals(header, specimen.header())) {
            header = header.clone();
            Checksums.fixHeader(header);
            forged.put(StoreDirectory.HEADER, header);
        }
        byte[] journal = forged.get(StoreDirectory.JOURNAL).clone();
        Checksums.fixJournal(journal, header);
        forged.put(StoreDirectory.JOURNAL, journal);
        return forged;
    }

    /** One in so many. */
    boolean isOneIn(int many) {
        return random.nextInt(many) == 0;
    }
}
