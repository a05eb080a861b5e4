package org.engram.store.internal.medium;

import java.util.List;
import java.util.Optional;

/** Tells which JVM flag a library lacks, before it fails with an unclear error or has Java print a warning. */
final class JvmFlags {

    private static final Module JAVA = Object.class.getModule();
    private static final Module HERE = JvmFlags.class.getModule();

    private JvmFlags() {}

    /** The first missing flag that Chronicle needs for mapping, as it is typed; empty when all are there. */
    static Optional<String> missingForChronicle() {
        for (String module : List.of("chronicle.core", "chronicle.bytes")) {
            Optional<String> missing =
                    missingFor(ModuleLayer.boot().findModule(module).orElse(HERE));
            if (missing.isPresent()) {
                return missing;
            }
        }
        if (!"allow".equals(System.getProperty("sun.misc.unsafe.memory.access"))) {
            return Optional.of("--sun-misc-unsafe-memory-access=allow");
        }
        return HERE.isNativeAccessEnabled() ? Optional.empty() : Optional.of("--enable-native-access=" + name(HERE));
    }

    /** The first missing flag that opens the JDK to a module of Chronicle. */
    static Optional<String> missingFor(Module chronicle) {
        if (!JAVA.isOpen("java.lang.reflect", chronicle)) {
            return Optional.of("--add-opens java.base/java.lang.reflect=" + name(chronicle));
        }
        return JAVA.isExported("sun.nio.ch", chronicle)
                ? Optional.empty()
                : Optional.of("--add-exports java.base/sun.nio.ch=" + name(chronicle));
    }

    /** A module as flags name it. */
    private static String name(Module module) {
        return module.isNamed() ? module.getName() : "ALL-UNNAMED";
    }
}
