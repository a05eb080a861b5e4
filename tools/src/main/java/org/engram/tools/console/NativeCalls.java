package org.engram.tools.console;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.OptionalInt;

/** The three questions to the operating system that Java does not pass on. */
public final class NativeCalls {

    private NativeCalls() {}

    /** Whether a file descriptor is a terminal. Java tells this only for input and output together. */
    static boolean isTerminal(int descriptor) {
        try {
            return (int) find("isatty", ValueLayout.JAVA_INT).invokeExact(descriptor) == 1;
        } catch (Throwable e) {
            return false;
        }
    }

    /** The bytes in a page of memory, if the system has {@code getpagesize}. */
    public static OptionalInt pageBytes() {
        try {
            return OptionalInt.of((int) find("getpagesize").invokeExact());
        } catch (Throwable e) {
            return OptionalInt.empty();
        }
    }

    /** How many cells a terminal has across, on Linux; 0 when it does not say. */
    @SuppressWarnings("restricted") // calls into native code, which store/jvm.args allows
    static int columns(int descriptor) {
        long getWindowSize = 0x5413;
        try (Arena arena = Arena.ofConfined()) {
            Linker linker = Linker.nativeLinker();
            MethodHandle ioctl = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("ioctl"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                    Linker.Option.firstVariadicArg(2));
            MemorySegment rowsAndColumns = arena.allocate(ValueLayout.JAVA_SHORT, 4);
            int failed = (int) ioctl.invokeExact(descriptor, getWindowSize, rowsAndColumns);
            return failed != 0 ? 0 : Short.toUnsignedInt(rowsAndColumns.getAtIndex(ValueLayout.JAVA_SHORT, 1));
        } catch (Throwable e) {
            return 0;
        }
    }

    @SuppressWarnings("restricted") // calls into native code, which store/jvm.args allows
    private static MethodHandle find(String name, ValueLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }
}
