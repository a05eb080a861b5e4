package org.engram.tools.transfer;

import java.util.function.Supplier;
import org.engram.store.Pattern;
import org.engram.tools.console.Failure;

/**
 * One pattern of a source that is not yet made.
 *
 * @param name where it comes from, for messages
 * @param key the key to store it under
 * @param decoding makes it, on any thread; throws Failure, EngramException or IllegalArgumentException when it cannot
 */
record Item(String name, String key, Supplier<Decoded> decoding) {

    /**
     * What came of it.
     *
     * @param pattern to be stored
     * @param onStored what to note of it once it is stored
     */
    record Decoded(Pattern pattern, Runnable onStored) {}

    static Item of(String name, String key, Supplier<Pattern> pattern) {
        return new Item(name, key, () -> new Decoded(pattern.get(), () -> {}));
    }

    /** One that can only be reported. */
    static Item broken(String name, String reason) {
        return new Item(name, "", () -> {
            throw Failure.cannotOpen(reason);
        });
    }
}
