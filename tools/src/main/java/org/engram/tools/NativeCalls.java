package org.engram.tools;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.OptionalInt;

/** The two questions to the operating system that Java does not pass on. */
final class NativeCalls {

    private NativeCalls() {}

    /** Whether a file descriptor is a terminal; Java tells that only of input and output together. */
    static boolean isTerminal(int descriptor) {
        try {
            return (int) find("isatty", ValueLayout.JAVA_INT).invokeExact(descriptor) == 1;
        } catch (Throwable e) {
            return false;
        }
    }

    /** Bytes in a page of memory, where the system has {@code getpagesize}. */
    static OptionalInt pageBytes() {
        try {
            return OptionalInt.of((int) find("getpagesize").invokeExact());
        } catch (Throwable e) {
            return OptionalInt.empty();
        }
    }

    @SuppressWarnings("restricted") // calls into native code, which store/jvm.args allows
    private static MethodHandle find(String name, ValueLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }
}
