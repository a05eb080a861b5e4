package org.engram.cluster;

import java.util.List;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.jspecify.annotations.Nullable;

/** What may be done to a key, and the entry that it makes of the one that is held. */
enum Change {
    MEMORIZE,
    REPLACE,
    PUT,
    FORGET;

    /** The entry to write in place of {@code held}, which is null if nothing is held. FORGET ignores the bits. */
    Entry of(String key, @Nullable Entry held, byte[] bits, long term) {
        boolean used = held != null && !held.isForgotten();
        if (this == MEMORIZE && used) {
            throw new EngramException.DuplicateKey(
                    List.of(key),
                    Diagnosis.of("key is in use")
                            .found("\"%s\" in the cluster".formatted(key))
                            .remedy("choose another key, or replace it"));
        }
        if ((this == REPLACE || this == FORGET) && !used) {
            throw new EngramException.UnknownKey(
                    key,
                    Diagnosis.of("key names nothing")
                            .found("\"%s\" in the cluster".formatted(key))
                            .remedy("look at its spelling, or memorize it"));
        }
        if (held == null) {
            return Entry.first(bits, term);
        }
        return this == FORGET ? held.forgotten(term) : held.next(bits, term);
    }
}
