package org.engram.store.internal.medium;

import java.io.IOException;
import java.util.Optional;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.jspecify.annotations.Nullable;

/** Chooses what maps files, once for the life of the JVM: Chronicle where its flags are given, the JDK elsewhere. */
public final class Mappings {

    /** A system property that asks for one of the two. It serves tests and comparisons. */
    static final String PROPERTY = "engram.mapping";

    private static final String CHRONICLE = "chronicle";
    private static final String JDK = "jdk";
    private static final System.Logger LOG = System.getLogger(Mappings.class.getPackageName());

    private static @Nullable String selected;

    private Mappings() {}

    /**
     * What maps files in this JVM: {@code chronicle} or {@code jdk}.
     *
     * @throws EngramException.MissingJvmFlag if Chronicle is asked for and lacks a flag
     * @throws IllegalArgumentException if something unknown is asked for
     */
    public static synchronized String selected() {
        if (selected == null) {
            selected = select(System.getProperty(PROPERTY, ""));
            LOG.log(System.Logger.Level.DEBUG, "files are mapped by {0}", selected);
        }
        return selected;
    }

    /** Selects what is asked for by name, or without a name what this JVM can. */
    static String select(String forced) {
        return switch (forced) {
            case "" -> remedyForChronicle().isEmpty() ? CHRONICLE : JDK;
            case JDK -> JDK;
            case CHRONICLE -> {
                Optional<String> remedy = remedyForChronicle();
                if (remedy.isPresent()) {
                    throw new EngramException.MissingJvmFlag(Diagnosis.of(
                                    "mapping by Chronicle was asked for with -D%s but cannot load".formatted(PROPERTY))
                            .remedy(remedy.get()));
                }
                yield CHRONICLE;
            }
            default ->
                throw new IllegalArgumentException(
                        "unknown mapping: -D%s must be %s or %s, found %s".formatted(PROPERTY, CHRONICLE, JDK, forced));
        };
    }

    /** What to do for Chronicle to map; empty when it can. Its jars may be missing also where all flags are given. */
    private static Optional<String> remedyForChronicle() {
        Optional<String> flag = JvmFlags.missingForChronicle();
        if (flag.isPresent()) {
            return Optional.of(
                    "start java with %s (all flags stand in store/jvm.args: java @jvm.args ...)".formatted(flag.get()));
        }
        try {
            ChronicleMapping.load();
            return Optional.empty();
        } catch (LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG, "Chronicle cannot load", e);
            return Optional.of(
                    "give java all jars of the library, on the module path with --add-modules org.slf4j,jdk.unsupported (%s)"
                            .formatted(e));
        }
    }

    /** Maps a file in ranges of a length in bytes, which begin at multiples of it. The file is opened again by its name. */
    public static Mapping open(StoreFile file, long rangeBytes) throws IOException {
        return new GuardedMapping(file.path(), bySelected(file, rangeBytes));
    }

    static Mapping bySelected(StoreFile file, long rangeBytes) throws IOException {
        return selected().equals(CHRONICLE) ? new ChronicleMapping(file.path(), rangeBytes) : new JdkMapping(file);
    }
}
