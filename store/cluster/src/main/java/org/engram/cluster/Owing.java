package org.engram.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The members whose old files may hold what nobody else has, until they have offered it. As long as there are any, the
 * cluster does not know all that it has. Of some members, each of which has all, one is waited for. All stay while they are
 * gone, and after a restart: they stand in a file. Safe for any number of threads.
 */
final class Owing {

    private static final System.Logger LOG = System.getLogger(Owing.class.getPackageName());
    private static final String FILE = "awaited";
    private static final String OR = " or ";

    private final String self;
    private final Path file;
    private volatile NavigableSet<String> awaited = Collections.emptyNavigableSet();
    private volatile boolean owes;
    private boolean isWritten = true;

    Owing(String self, Path directory) {
        this.self = self;
        this.file = directory.resolve(FILE);
    }

    /** What stands in the file. */
    List<String> remembered() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this member owes. */
    boolean owes() {
        return owes;
    }

    /** All that are waited for, in order: a name, or several, of which one is enough. */
    NavigableSet<String> names() {
        return awaited;
    }

    boolean isNone() {
        return awaited.isEmpty();
    }

    /** Begins with these. This member owes if it is among them, and has files. */
    synchronized void begin(Collection<String> some, boolean hasFiles) {
        NavigableSet<String> next = new TreeSet<>(some);
        boolean isNamed = next.stream().anyMatch(one -> names(one).contains(self));
        if (isNamed && !hasFiles) {
            remove(next, self);
        }
        owes = isNamed && hasFiles;
        set(next);
    }

    synchronized void addOneOfEach(Collection<List<String>> lists) {
        NavigableSet<String> next = new TreeSet<>(awaited);
        lists.forEach(list -> next.add(String.join(OR, new TreeSet<>(list))));
        if (!next.equals(awaited)) {
            set(next);
        }
    }

    private static List<String> names(String one) {
        return List.of(one.split(OR, -1));
    }

    /** This member has offered all that it has aside. Its name stays until the others have heard it. */
    void hasOffered() {
        owes = false;
    }

    /**
     * Takes in what all others say. A member that runs says for itself whether it owes. Those that are gone are waited for if
     * at least half of those that run say so: some may not have been there when they died, or when they had offered all.
     *
     * @param before what was awaited before the others were asked; what came since stays
     */
    synchronized void hear(List<Hello> others, Set<String> before) {
        List<Hello> running = others.stream().filter(Hello::running).toList();
        Map<String, Integer> votes = new HashMap<>();
        awaited.forEach(one -> votes.merge(one, 1, Integer::sum));
        running.forEach(other -> other.owing().forEach(one -> votes.merge(one, 1, Integer::sum)));
        NavigableSet<String> next = new TreeSet<>();
        votes.forEach((one, count) -> {
            if (2 * count > running.size()) {
                next.add(one);
            }
        });
        for (Hello other : running) {
            if (other.owes()) {
                next.add(other.name());
            } else {
                remove(next, other.name());
            }
        }
        if (!owes && running.stream().noneMatch(other -> isNamed(self, other))) {
            remove(next, self);
        }
        awaited.stream().filter(one -> !before.contains(one)).forEach(next::add);
        if (!next.equals(awaited) || !isWritten) {
            set(next);
        }
    }

    private static boolean isNamed(String name, Hello by) {
        return by.owing().stream().anyMatch(one -> names(one).contains(name));
    }

    private static void remove(NavigableSet<String> some, String name) {
        some.removeIf(one -> names(one).contains(name));
    }

    /** A full disk does not keep this member from waiting. It is written when there is room. */
    private void set(NavigableSet<String> next) {
        awaited = Collections.unmodifiableNavigableSet(next);
        try {
            if (next.isEmpty()) {
                Files.deleteIfExists(file);
            } else {
                WholeFile.write(file, String.join("\n", next) + "\n");
            }
            isWritten = true;
        } catch (IOException | UncheckedIOException e) {
            isWritten = false;
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be written now: {1}", file, e.getMessage());
        }
    }
}
