package org.engram.store.internal.medium;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells which JVM flag a library lacks, before it fails with an unclear error or has Java print a warning. */
final class JvmFlags {

    private static final Module JAVA = Object.class.getModule();
    private static final Module HERE = JvmFlags.class.getModule();

    private JvmFlags() {}

    /** The first missing flag that Chronicle needs for mapping, as it is typed; empty when all are there. */
    static Optional<String> missingForChronicle() {
        List<Module> chronicle = Stream.of("chronicle.core", "chronicle.bytes")
                .map(name -> ModuleLayer.boot().findModule(name).orElse(HERE))
                .toList();
        return missing(chronicle, HERE).stream().findFirst();
    }

    /** The flags that modules of Chronicle and the one that calls native code lack. */
    static List<String> missing(List<Module> chronicle, Module here) {
        List<String> missing = new ArrayList<>();
        for (Module module : chronicle) {
            String name = name(module);
            require(
                    JAVA.isOpen("java.lang.reflect", module),
                    "--add-opens java.base/java.lang.reflect=" + name,
                    missing);
            require(JAVA.isExported("sun.nio.ch", module), "--add-exports java.base/sun.nio.ch=" + name, missing);
        }
        boolean memory = "allow".equals(System.getProperty("sun.misc.unsafe.memory.access"));
        require(memory, "--sun-misc-unsafe-memory-access=allow", missing);
        require(here.isNativeAccessEnabled(), "--enable-native-access=" + name(here), missing);
        return missing;
    }

    private static void require(boolean given, String flag, List<String> missing) {
        if (!given) {
            missing.add(flag);
        }
    }

    /** A module as flags name it. */
    private static String name(Module module) {
        return module.isNamed() ? module.getName() : "ALL-UNNAMED";
    }
}
