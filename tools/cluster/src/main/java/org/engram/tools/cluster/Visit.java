package org.engram.tools.cluster;

import java.util.function.Consumer;
import java.util.function.Function;
import org.engram.cluster.ClusterException;
import org.engram.cluster.ClusterGuest;
import org.engram.cluster.ClusterOptions;
import org.engram.tools.console.Failure;

/** A guest whose errors end the command with a line and an exit code. Safe for any number of threads. */
final class Visit implements AutoCloseable {

    private final ClusterGuest guest;

    private Visit(ClusterGuest guest) {
        this.guest = guest;
    }

    static Visit begin(ClusterOptions options) {
        return new Visit(told(() -> ClusterGuest.connect(options)));
    }

    @FunctionalInterface
    interface Work<T> {
        T done();
    }

    /** Does something with a cluster whose errors are one line already. */
    static <T> T told(Work<T> work) {
        try {
            return work.done();
        } catch (ClusterException e) {
            throw Failure.cannotOpen(e.getMessage(), e);
        }
    }

    <T> T ask(Function<ClusterGuest, T> question) {
        return told(() -> question.apply(guest));
    }

    void tell(Consumer<ClusterGuest> work) {
        told(() -> {
            work.accept(guest);
            return null;
        });
    }

    @Override
    public void close() {
        guest.close();
    }
}
