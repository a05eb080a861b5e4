package org.engram.store;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Child JVMs that start in half the time, for those who start thousands: from a cache of the classes that a store
 * loads, made by a rehearsal. Where a JVM cannot use the cache, it starts without, and works the same.
 */
final class QuickJvm {

    private static final List<String> FLAGS = List.of(
            // the work of a child is short, and its memory small
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-XX:-UsePerfData", "-Xlog:disable");

    private static QuickJvm made;

    private final String classPath;
    private final Path cache;

    private QuickJvm(Path directory) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            // A cache knows no classes that lie in a directory.
            Path jar = directory.resolve(jars.size() + ".jar");
            jars.add(Files.isDirectory(Path.of(element)) ? pack(Path.of(element), jar) : element);
        }
        this.classPath = String.join(File.pathSeparator, jars);
        this.cache = directory.resolve("classes.aot");
        List<String> command = command("-XX:AOTCacheOutput=" + cache, Rehearsal.class, directory.toString());
        try (ChildJvm rehearsal = ChildJvm.start(Path.of(""), command)) {
            rehearsal.expect("rehearsed");
            rehearsal.remainingLines();
            rehearsal.exitCode();
        }
        cache.toFile().deleteOnExit();
    }

    private static synchronized QuickJvm instance() {
        try {
            if (made == null) {
                Path directory = Files.createTempDirectory("engram-quick");
                directory.toFile().deleteOnExit();
                made = new QuickJvm(directory);
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ChildJvm start(Class<?> main, String... args) {
        return ChildJvm.start(Path.of(""), command(main, args));
    }

    static List<String> command(Class<?> main, String... args) {
        QuickJvm quick = instance();
        return quick.command("-XX:AOTCache=" + quick.cache, main, args);
    }

    private List<String> command(String cacheFlag, Class<?> main, String... args) {
        List<String> flags = new ArrayList<>();
        for (String line : ChildJvm.argumentLines()) {
            // To change a store takes no vectors, and their module takes a third of the start.
            if (!line.contains("jdk.incubator.vector")) {
                flags.addAll(List.of(line.split(" ")));
            }
        }
        flags.addAll(FLAGS);
        flags.add(cacheFlag);
        return ChildJvm.command(flags, classPath, main, args);
    }

    private static String pack(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> walk = Files.walk(classes)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
        }
        jar.toFile().deleteOnExit();
        return jar.toString();
    }

    /** Loads what a child loads: changes in every layout, a recovery, a rebuild. */
    static final class Rehearsal {

        private Rehearsal() {}

        public static void main(String[] args) throws IOException {
            for (Layout layout : Layout.values()) {
                Path store = Path.of(args[0]).resolve(layout.name());
                ChangeScript script = new ChangeScript(Patterns.SMALL, 1, layout != Layout.PACKED);
                PatternStore.create(
                                store,
                                StoreOptions.DEFAULT
                                        .withGeometry(Patterns.SMALL)
                                        .withLayout(layout))
                        .close();
                StoreBytes.append(store.resolve(StoreDirectory.JOURNAL), new byte[2 * JournalRecord.MAX_LENGTH]);
                try (PatternStore writer = PatternStore.open(store)) {
                    while (script.step() < 40) {
                        script.perform(writer);
                    }
                }
                if (layout != Layout.PACKED) {
                    StoreCare.rebuild(store, (done, total) -> {});
                }
                StoreBytes.delete(store);
            }
            System.out.println("rehearsed");
        }
    }
}
