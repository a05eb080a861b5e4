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
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The members whose old files may hold what nobody else has, until they have offered it. As long as there are any, the
 * cluster does not know all that it has. A name stays while its member is gone, and after a restart: it stands in a file. Safe
 * for any number of threads.
 */
final class Owing {

    private static final String FILE = "awaited";

    private final String self;
    private final Path file;
    private volatile SortedSet<String> names = Collections.emptySortedSet();
    private volatile boolean owes;

    Owing(String self, Path directory) {
        this.self = self;
        this.file = directory.resolve(FILE);
    }

    /** The names that stand in the file. */
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

    /** All that are waited for, in order. */
    SortedSet<String> names() {
        return names;
    }

    boolean isNone() {
        return names.isEmpty();
    }

    /** Begins with some others, and with this member if it owes. */
    synchronized void begin(Collection<String> others, boolean andSelf) {
        SortedSet<String> next = new TreeSet<>(others);
        next.remove(self);
        if (andSelf) {
            next.add(self);
        }
        set(next);
        owes = andSelf;
    }

    /** This member owes what it has aside. */
    void addSelf() {
        add(self);
        owes = true;
    }

    synchronized void add(String name) {
        SortedSet<String> next = new TreeSet<>(names);
        next.add(name);
        set(next);
    }

    /** This member has offered all that it has aside. Its name stays until the others have heard it. */
    void hasOffered() {
        owes = false;
    }

    /**
     * Takes in what all others say. A member that runs says for itself whether it owes. One that is gone is waited for if at
     * least half of those that run say so: some may not have been there when it was named, or when it had offered all.
     */
    synchronized void hear(List<Hello> others) {
        List<Hello> running = others.stream().filter(Hello::running).toList();
        Map<String, Integer> votes = new HashMap<>();
        names.forEach(name -> votes.merge(name, 1, Integer::sum));
        running.forEach(other -> other.owing().forEach(name -> votes.merge(name, 1, Integer::sum)));
        SortedSet<String> next = new TreeSet<>();
        votes.forEach((name, count) -> {
            if (2 * count > running.size()) {
                next.add(name);
            }
        });
        for (Hello other : running) {
            count(next, other.name(), other.owes());
        }
        count(
                next,
                self,
                owes || running.stream().anyMatch(other -> other.owing().contains(self)));
        if (!next.equals(names)) {
            set(next);
        }
    }

    private static void count(SortedSet<String> names, String name, boolean owes) {
        if (owes) {
            names.add(name);
        } else {
            names.remove(name);
        }
    }

    private void set(SortedSet<String> next) {
        try {
            if (next.isEmpty()) {
                Files.deleteIfExists(file);
            } else {
                WholeFile.write(file, String.join("\n", next) + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        names = Collections.unmodifiableSortedSet(next);
    }
}
