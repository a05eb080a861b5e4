package org.engram.tools.transfer;

import java.util.function.Supplier;
import org.engram.store.Pattern;
import org.engram.tools.console.Failure;

/**
 * One pattern of a source before it is made, with its origin and its key. Any thread may decode it. Decoding that fails
 * throws Failure, which names the item, or EngramException or IllegalArgumentException, which does not.
 */
record Item(String name, String key, Supplier<Decoded> decoding) {

    /** The pattern, and what to do once it is stored. */
    record Decoded(Pattern pattern, Runnable onStored) {}

    static Item of(String name, String key, Supplier<Pattern> pattern) {
        return new Item(name, key, () -> new Decoded(pattern.get(), () -> {}));
    }

    /** An item that can only be reported; the reason names it. */
    static Item broken(String name, String reason) {
        return new Item(name, "", () -> {
            throw Failure.cannotOpen(reason);
        });
    }
}
