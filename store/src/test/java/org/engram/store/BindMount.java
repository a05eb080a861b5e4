package org.engram.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A mount that lasts until this is closed, of a directory under a second path or of memory; needs the right to mount. */
final class BindMount implements AutoCloseable {

    private final Path at;

    private BindMount(Path at) {
        this.at = at;
    }

    /** Mounts a file system of its own in memory, as large as said, or returns null where that is not allowed. */
    static BindMount ofMemory(Path at, String size) throws IOException {
        Files.createDirectory(at);
        return run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", at.toString()) ? new BindMount(at) : null;
    }

    /** Mounts it, or returns null where that is not allowed. */
    static BindMount of(Path directory, Path at, boolean readOnly) throws IOException {
        Files.createDirectory(at);
        if (!run("mount", "--bind", directory.toString(), at.toString())) {
            return null;
        }
        BindMount mount = new BindMount(at);
        if (readOnly && !run("mount", "-o", "remount,ro,bind", at.toString())) {
            mount.close();
            return null;
        }
        return mount;
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Tries for a while: any process of the machine that looks at the directory keeps the mount busy. */
    @Override
    public void close() {
        try {
            for (int i = 0; i < 50; i++) {
                if (run("umount", at.toString())) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("cannot unmount " + at);
    }
}
