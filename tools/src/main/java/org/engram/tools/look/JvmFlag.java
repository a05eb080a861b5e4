package org.engram.tools.look;

import java.util.List;

/**
 * A flag of store/jvm.args, as it is typed. It is present if this JVM was started with it, and required if the store
 * refuses to work without it.
 */
record JvmFlag(String name, boolean present, boolean required) {

    /** All flags, in the order of store/jvm.args. */
    static List<JvmFlag> all() {
        Module java = Object.class.getModule();
        Module here = JvmFlag.class.getModule();
        return List.of(
                new JvmFlag(
                        "--add-opens java.base/java.lang.reflect=ALL-UNNAMED",
                        java.isOpen("java.lang.reflect", here),
                        true),
                export("sun.nio.ch", true),
                export("jdk.internal.ref", false),
                export("jdk.internal.misc", true),
                new JvmFlag(
                        "--add-modules jdk.incubator.vector",
                        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
                        false),
                new JvmFlag("--enable-native-access=ALL-UNNAMED", here.isNativeAccessEnabled(), false),
                new JvmFlag(
                        "--sun-misc-unsafe-memory-access=allow",
                        "allow".equals(System.getProperty("sun.misc.unsafe.memory.access")),
                        false),
                new JvmFlag("-Dsystem.properties=/dev/null", System.getProperty("system.properties") != null, false));
    }

    private static JvmFlag export(String name, boolean required) {
        boolean exported = Object.class.getModule().isExported(name, JvmFlag.class.getModule());
        return new JvmFlag("--add-exports java.base/" + name + "=ALL-UNNAMED", exported, required);
    }

    String state() {
        return present ? "present" : required ? "MISSING, required" : "missing";
    }
}
