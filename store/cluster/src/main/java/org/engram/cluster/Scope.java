package org.engram.cluster;

import java.util.List;
import java.util.Set;
import org.engram.store.Cue;
import org.engram.store.RecallOptions;
import org.infinispan.protostream.annotations.Proto;
import org.infinispan.protostream.annotations.ProtoTypeId;

/**
 * The options of a recall that members must know: how many of the nearest are wanted, the radius, and the keys to
 * recall among. {@link #ALL} wants all within the radius.
 */
@Proto
@ProtoTypeId(71_002)
record Scope(
        int nearest,
        double mostDeficit,
        double leastAgreement,
        boolean hasPrefix,
        String prefix,
        boolean hasKeys,
        List<String> keys) {

    static final int ALL = Integer.MAX_VALUE;

    static Scope of(RecallOptions options) {
        if (options.isAmongSome()
                && options.keyPrefix().isEmpty()
                && options.keys().isEmpty()) {
            throw new IllegalArgumentException(
                    "recall among numbers: expected a prefix or keys, since neurons have no numbers in a cluster");
        }
        int named = options.candidates().orElse(options.hasRadius() ? ALL : 1);
        return new Scope(
                named,
                options.mostDeficit().orElse(Double.POSITIVE_INFINITY),
                options.leastAgreement().orElse(0),
                options.keyPrefix().isPresent(),
                options.keyPrefix().orElse(""),
                options.keys().isPresent(),
                List.copyOf(options.keys().orElse(Set.of())));
    }

    /** Options that recall among these keys. */
    RecallOptions among() {
        RecallOptions all = RecallOptions.DEFAULT;
        if (hasPrefix) {
            return all.amongKeysStartingWith(prefix);
        }
        return hasKeys ? all.amongKeys(keys) : all;
    }

    /** The greatest deficit within the radius; -1 if not even 0 is. */
    int radius(Cue cue) {
        int most = (int) Math.min(mostDeficit, cue.voters());
        while (most >= 0 && !isWithin(most, agreement(cue, most))) {
            most--;
        }
        return most;
    }

    static double agreement(Cue cue, double deficit) {
        return cue.voters() == 0 ? 0 : Math.max(0, 1 - deficit / cue.voters());
    }

    boolean isWithin(double deficit, double agreement) {
        return deficit <= mostDeficit && agreement >= leastAgreement;
    }
}
