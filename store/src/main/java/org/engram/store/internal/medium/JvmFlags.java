package org.engram.store.internal.medium;

import org.engram.store.Diagnosis;
import org.engram.store.EngramException;

/** Tells a host which JVM flag it forgot, before a library fails with an unclear error. */
public final class JvmFlags {

    private JvmFlags() {}

    /** Checks the flags that mapping and journal cannot do without; the error names the first that is missing. */
    public static void require() {
        Module java = Object.class.getModule();
        Module here = JvmFlags.class.getModule();
        if (!java.isOpen("java.lang.reflect", here)) {
            throw missing("--add-opens java.base/java.lang.reflect=ALL-UNNAMED");
        }
        if (!java.isExported("sun.nio.ch", here)) {
            throw missing("--add-exports java.base/sun.nio.ch=ALL-UNNAMED");
        }
        if (!java.isExported("jdk.internal.misc", here)) {
            throw missing("--add-exports java.base/jdk.internal.misc=ALL-UNNAMED");
        }
    }

    private static EngramException missing(String flag) {
        return new EngramException.MissingJvmFlag(Diagnosis.of("JVM flag missing")
                .remedy("start java with %s (all flags stand in store/jvm.args: java @jvm.args ...)".formatted(flag)));
    }
}
