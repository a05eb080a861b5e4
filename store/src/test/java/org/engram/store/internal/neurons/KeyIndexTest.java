package org.engram.store.internal.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.engram.store.internal.format.Keys;
import org.junit.jupiter.api.Test;

class KeyIndexTest {

    /** An index, and beside it what it ought to hold. */
    private static final class Checked {

        private final KeyHash hash;
        private final KeyIndex index;
        private final Map<String, Integer> live = new HashMap<>();
        private final List<String> all = new ArrayList<>();

        Checked(KeyHash hash) {
            this.hash = hash;
            this.index = new KeyIndex(hash);
        }

        private int slot(String key) {
            byte[] bytes = utf8(key);
            return index.slotOf(bytes, bytes.length, hash.of(bytes, 0, bytes.length));
        }

        void put(String key) {
            int neuron = all.size();
            byte[] bytes = utf8(key);
            KeyList keys = index.makeRoom(neuron, bytes);
            int slot = slot(key);
            assertEquals(live.getOrDefault(key, KeyIndex.MISSING), index.neuronAt(slot), key);
            index.put(neuron, bytes, hash.of(bytes, 0, bytes.length), slot);
            assertSame(keys, index.keys());
            live.put(key, neuron);
            all.add(key);
        }

        void remove(String key) {
            if (live.remove(key) != null) {
                index.remove(slot(key));
            }
        }

        void check() {
            live.forEach((key, neuron) -> assertEquals(neuron, index.find(key), key));
            for (int i = 0; i < all.size(); i++) {
                assertEquals(all.get(i), index.keys().get(i));
                assertEquals(live.getOrDefault(all.get(i), KeyIndex.MISSING), index.find(all.get(i)), all.get(i));
            }
            assertEquals(KeyIndex.MISSING, index.find("never put"));
        }
    }

    private static byte[] utf8(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** Few enough that they come again, of all lengths, in scripts of one to four bytes a character. */
    private static String key(Random random, int different) {
        int number = random.nextInt(different);
        String letter = List.of("a", "\u00e9", "\u30ae", new String(Character.toChars(0x1F600)))
                .get(number % 4);
        int most = Keys.MAX_BYTES / utf8(letter).length;
        int length = number % 7 == 0 ? most : 1 + number % 40;
        String digits = String.valueOf(number);
        return length <= digits.length() ? digits : digits + letter.repeat(Math.min(length, most - digits.length()));
    }

    private static void compareWithHashMap(KeyHash hash, long seed, int changes, int different) {
        Random random = new Random(seed);
        Checked checked = new Checked(hash);
        for (int i = 0; i < changes; i++) {
            String key = key(random, different);
            if (random.nextInt(3) == 0) {
                checked.remove(key);
            } else {
                checked.put(key);
            }
            if (i % (changes / 10) == 0) {
                checked.check();
            }
        }
        checked.check();
    }

    @Test
    void itFindsWhatAHashMapFindsThroughReplacementRemovalAndGrowth() {
        for (long seed = 0; seed < 5; seed++) {
            compareWithHashMap(new KeyHash.Sip(seed, -seed), seed, 5000, 1000);
        }
        compareWithHashMap(KeyHash.Sip.OF_THIS_PROCESS, 5, 50_000, 30_000);
    }

    @Test
    void keysThatCollideAreToldApart() {
        compareWithHashMap((bytes, at, length) -> 0, 1, 1000, 300);
        compareWithHashMap((bytes, at, length) -> -1, 2, 1000, 300);
        compareWithHashMap((bytes, at, length) -> bytes[at] & 3, 3, 2000, 300);
        // at the end of the table, so that they go on at its beginning
        compareWithHashMap((bytes, at, length) -> -1 - length % 5, 4, 2000, 300);
        // the same slot, but never the same hash
        compareWithHashMap((bytes, at, length) -> new KeyHash.Sip(1, 2).of(bytes, at, length) << 20, 5, 2000, 300);
    }

    @Test
    void keysOfOneByteAndOfTheMostFillPages() {
        Checked checked = new Checked(KeyHash.Sip.OF_THIS_PROCESS);
        for (int i = 0; i < 200; i++) {
            checked.put((char) ('a' + i % 26) + "b".repeat(i % 3 == 0 ? Keys.MAX_BYTES - 1 : 0));
            checked.put("k" + i);
        }
        checked.check();
    }

    @Test
    void aListThatWasTakenEarlierStaysAsItWas() {
        Checked checked = new Checked(KeyHash.Sip.OF_THIS_PROCESS);
        List<KeyList> taken = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            checked.put("key " + i % 700);
            taken.add(checked.index.keys());
        }
        for (int i = 0; i < taken.size(); i++) {
            assertEquals("key 0", taken.get(i).get(0));
            assertEquals("key " + i % 700, taken.get(i).get(i));
        }
    }

    @Test
    void whatCannotBeAKeyIsNotFound() {
        Checked checked = new Checked(KeyHash.Sip.OF_THIS_PROCESS);
        checked.put("?");
        for (String key : List.of("", "\uD800", "?\uDC00", "a".repeat(Keys.MAX_BYTES + 1))) {
            assertEquals(KeyIndex.MISSING, checked.index.find(key));
        }
    }

    @Test
    void roomThatIsReservedChangesNothingElse() {
        Checked checked = new Checked(KeyHash.Sip.OF_THIS_PROCESS);
        checked.put("first");
        checked.index.reserve(5000);
        for (int i = 0; i < 6000; i++) {
            checked.put("key " + i);
        }
        checked.check();
    }

    /** The hashes that CPython 3.11 and later gives to these bytes with PYTHONHASHSEED=0. */
    @Test
    void theHashIsSipHashOfOneAndThreeRounds() {
        KeyHash sip = new KeyHash.Sip(0, 0);
        byte[] counting = new byte[202];
        for (int i = 0; i < counting.length; i++) {
            counting[i] = (byte) (i - 1);
        }
        assertEquals(0x7176378efd9e8a23L, sip.of(counting, 1, 200));
        assertEquals(0x407448d2b89b1813L, sip.of(utf8("a"), 0, 1));
        assertEquals(0x3489982430560a87L, sip.of(utf8("12345678"), 0, 8));
        assertEquals(0x4b83db9c5b749fc4L, sip.of(utf8("kana 0000001"), 0, 12));
    }
}
