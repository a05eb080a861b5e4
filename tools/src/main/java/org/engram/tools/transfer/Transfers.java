package org.engram.tools.transfer;

import java.io.IOException;
import org.engram.tools.console.Failure;
import org.engram.tools.console.IoReason;

/** Makes errors that several sources and targets have. */
final class Transfers {

    private Transfers() {}

    static Failure cannotRead(String name, IOException e) {
        return Failure.cannotOpen("cannot read %s: %s".formatted(name, IoReason.of(e)), e);
    }

    static Failure nothingIn(String name, String expected) {
        return Failure.cannotOpen("nothing to import: %s: expected %s, found none".formatted(name, expected));
    }
}
