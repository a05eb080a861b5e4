package org.engram.tools.look;

import java.util.List;

/** A flag of store/jvm.args, as it is typed, and whether this JVM was started with it. */
record JvmFlag(String name, boolean present) {

    /** All flags, in the order of store/jvm.args. */
    static List<JvmFlag> all() {
        Module java = Object.class.getModule();
        Module here = JvmFlag.class.getModule();
        return List.of(
                new JvmFlag(
                        "--add-opens java.base/java.lang.reflect=ALL-UNNAMED", java.isOpen("java.lang.reflect", here)),
                export("sun.nio.ch"),
                export("jdk.internal.ref"),
                new JvmFlag(
                        "--add-modules jdk.incubator.vector",
                        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()),
                new JvmFlag("--enable-native-access=ALL-UNNAMED", here.isNativeAccessEnabled()),
                new JvmFlag(
                        "--sun-misc-unsafe-memory-access=allow",
                        "allow".equals(System.getProperty("sun.misc.unsafe.memory.access"))),
                new JvmFlag("-Dsystem.properties=/dev/null", System.getProperty("system.properties") != null));
    }

    private static JvmFlag export(String name) {
        boolean exported = Object.class.getModule().isExported(name, JvmFlag.class.getModule());
        return new JvmFlag("--add-exports java.base/" + name + "=ALL-UNNAMED", exported);
    }

    String state() {
        return present ? "present" : "missing";
    }
}
