package org.engram.store.internal.neurons;

import java.util.List;
import org.engram.store.internal.format.JournalEntry;
import org.engram.store.internal.format.Keys;

/**
 * Finds the live neuron of a key, and keeps the keys of all. An open hash table, probed linearly: a slot holds 32 bits
 * of the hash of a key and the number of its neuron plus 1, so that a search looks at few keys besides the right one,
 * and the table grows without a look at any key. A removed key leaves no trace. Not safe for threads, except that any
 * thread may read the {@link KeyList} that was there when the last key was put.
 */
final class KeyIndex {

    static final int MISSING = -1;

    private static final long FREE = 0;
    private static final byte[] NO_KEY = {};

    private final KeyHash hash;
    private final byte[] sought = new byte[Keys.MAX_BYTES];
    private long[] slots = new long[64];
    private int used;
    private KeyList keys = KeyList.EMPTY;
    private long end;
    /** Written only so that the compiler cannot drop the reads that fetch memory ahead. */
    long fetched;

    KeyIndex(KeyHash hash) {
        this.hash = hash;
    }

    KeyList keys() {
        return keys;
    }

    /** The live neuron of a key, or -1. */
    int find(String key) {
        int length = Keys.encode(key, sought);
        return length < 0 ? MISSING : neuronAt(slotOf(sought, length, hash.of(sought, 0, length)));
    }

    /**
     * The hashes of the keys of some records. Looks at all their slots, too: memory fetches many at once, but searches
     * that follow one another wait for each.
     */
    long[] hashes(List<JournalEntry> entries) {
        long[] hashes = new long[entries.size()];
        for (int i = 0; i < hashes.length; i++) {
            byte[] key = keyOf(entries.get(i));
            hashes[i] = hash.of(key, 0, key.length);
        }
        long seen = 0;
        for (long keyHash : hashes) {
            seen += slots[(int) keyHash & (slots.length - 1)];
        }
        fetched = seen;
        return hashes;
    }

    private static byte[] keyOf(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.Memorized memorized -> memorized.key();
            case JournalEntry.Forgotten forgotten -> forgotten.key();
            case JournalEntry.Synced _, JournalEntry.CriteriaSet _, JournalEntry.BatchBegun _ -> NO_KEY;
        };
    }

    /** The live neuron of the key in a slot, or -1. */
    int neuronAt(int slot) {
        return (int) slots[slot] - 1;
    }

    /** Makes room for the key of the next neuron, so that putting it cannot fail, and returns the list that will have it. */
    KeyList makeRoom(int neuron, byte[] key) {
        keys = keys.withRoom(neuron, KeyList.fit(end, key.length));
        growTo(used + 1);
        return keys;
    }

    /** Gives the next neuron its key, for which room was made, and takes it from the neuron in the key's slot. */
    void put(int neuron, byte[] key, long keyHash, int slot) {
        end = keys.set(neuron, key, KeyList.fit(end, key.length));
        used += slots[slot] == FREE ? 1 : 0;
        slots[slot] = (keyHash << Integer.SIZE) | (neuron + 1);
    }

    /** Takes the key in a slot from its neuron. What stands behind it and would no longer be found moves up. */
    void remove(int slot) {
        int mask = slots.length - 1;
        int free = slot;
        used--;
        for (int i = (free + 1) & mask; slots[i] != FREE; i = (i + 1) & mask) {
            int probes = (i - home(slots[i], mask)) & mask;
            if (probes >= ((i - free) & mask)) {
                slots[free] = slots[i];
                free = i;
            }
        }
        slots[free] = FREE;
    }

    void reserve(int count) {
        keys = keys.reserved(count);
        growTo(count);
    }

    private void growTo(int count) {
        int length = slots.length;
        while (count > length / 4 * 3) {
            length *= 2;
        }
        if (length > slots.length) {
            slots = rehashed(length);
        }
    }

    private long[] rehashed(int length) {
        long[] more = new long[length];
        int mask = length - 1;
        for (long slot : slots) {
            if (slot != FREE) {
                int i = home(slot, mask);
                while (more[i] != FREE) {
                    i = (i + 1) & mask;
                }
                more[i] = slot;
            }
        }
        return more;
    }

    /** The slot of a key, which is free when the key has no live neuron; good until there is room for another key. */
    int slotOf(byte[] key, int length, long hash) {
        int mask = slots.length - 1;
        int i = (int) hash & mask;
        while (slots[i] != FREE
                && !((int) (slots[i] >>> Integer.SIZE) == (int) hash && keys.is((int) slots[i] - 1, key, length))) {
            i = (i + 1) & mask;
        }
        return i;
    }

    int slotOf(byte[] key, int length) {
        return slotOf(key, length, hash.of(key, 0, length));
    }

    private static int home(long slot, int mask) {
        return (int) (slot >>> Integer.SIZE) & mask;
    }
}
