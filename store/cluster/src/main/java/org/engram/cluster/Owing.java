package org.engram.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The members whose old files may hold what nobody else has, until they have offered it. As long as there are any, the
 * cluster does not know all that it has. A name stays while its member is gone. Safe for any number of threads.
 */
final class Owing {

    private final String self;
    private volatile Set<String> names = Set.of();
    private volatile boolean owes;

    Owing(String self) {
        this.self = self;
    }

    /** Whether this member owes. */
    boolean owes() {
        return owes;
    }

    Set<String> names() {
        return names;
    }

    boolean isNone() {
        return names.isEmpty();
    }

    /** Adds others, and decides whether this member owes. */
    synchronized void begin(Collection<String> others, boolean andSelf) {
        Set<String> next = new TreeSet<>(names);
        next.addAll(others);
        next.remove(self);
        names = Set.copyOf(next);
        owes = false;
        if (andSelf) {
            addSelf();
        }
    }

    /** This member owes what it has aside. */
    void addSelf() {
        owes = true;
        add(List.of(self));
    }

    synchronized void add(Collection<String> some) {
        Set<String> more = new TreeSet<>(names);
        more.addAll(some);
        names = Set.copyOf(more);
    }

    /** This member has offered all that it has aside. Its name stays until the others are heard. */
    void hasOffered() {
        owes = false;
    }

    /**
     * Takes in what all others say, which alone ends the waiting. While one of them has yet to join, nobody knows what that one has aside.
     */
    synchronized void hear(List<Hello> others) {
        if (!others.stream().allMatch(Hello::running)) {
            return;
        }
        Set<String> next = new TreeSet<>(names);
        others.forEach(other -> next.addAll(other.owing()));
        others.stream().filter(other -> !other.owes()).map(Hello::name).forEach(next::remove);
        if (!owes) {
            next.remove(self);
        }
        names = Set.copyOf(next);
    }
}
