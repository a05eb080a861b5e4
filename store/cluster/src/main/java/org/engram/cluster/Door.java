package org.engram.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import org.engram.store.Diagnosis;

/** How a guest finds a way to a cluster: an address of this machine from which a member can be reached, and two free ports there. */
final class Door {

    private static final int CONNECT_LIMIT_MS = 1_000;
    static final long AGAIN_MS = 200;
    private static final int ATTEMPTS = 100;

    private Door() {}

    /**
     * The options with the place where the guest can listen. It fails when nothing listens at any of the hosts before
     * the deadline.
     */
    static ClusterOptions open(ClusterOptions options, long deadline) {
        InetAddress here = knock(options.places(), deadline)
                .orElseThrow(() -> new ClusterException(Diagnosis.of("no cluster answers")
                        .expected("a member at " + listed(options.places()), "nobody who listens there")
                        .remedy("start a member, or name where one is")));
        ClusterOptions placed = options.at(here.getHostAddress(), freePort(here));
        if (placed.isInTheClear()) {
            throw new ClusterException(Diagnosis.of("guest would talk over the network in the clear")
                    .expected("the secret of the cluster", "none")
                    .remedy("give it the secret that the members have"));
        }
        // The ports of the hosts stay the same although the guest has another.
        return placed.withHosts(options.places().stream().map(Place::toString).toArray(String[]::new));
    }

    private static String listed(List<Place> places) {
        return String.join(" or ", places.stream().map(Place::toString).toList());
    }

    private static Optional<InetAddress> knock(List<Place> places, long deadline) {
        do {
            for (Place place : places) {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(place.host(), place.port()), CONNECT_LIMIT_MS);
                    return Optional.of(socket.getLocalAddress());
                } catch (IOException e) {
                    // nobody there yet
                }
            }
            Pause.ms(AGAIN_MS);
        } while (System.nanoTime() < deadline);
        return Optional.empty();
    }

    private static int freePort(InetAddress here) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (ServerSocket one = new ServerSocket(0, 1, here)) {
                int port = one.getLocalPort();
                if (port <= 65_535 - ClusterOptions.WATCH_OFFSET) {
                    new ServerSocket(port + ClusterOptions.WATCH_OFFSET, 1, here).close();
                    return port;
                }
            } catch (IOException e) {
                // taken: another
            }
        }
        throw new ClusterException(Diagnosis.of("guest cannot listen")
                .expected("two free ports at " + here.getHostAddress(), "none")
                .remedy("try again"));
    }
}
