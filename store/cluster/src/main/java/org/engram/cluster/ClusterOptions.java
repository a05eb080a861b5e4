package org.engram.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.engram.store.Criteria;
import org.engram.store.Diagnosis;
import org.engram.store.Geometry;

/**
 * How a member joins a cluster. Immutable, safe for any number of threads; every {@code with} returns a copy.
 *
 * <p>A member listens on two ports, and only while it has joined: {@link #port} for everything between members, and
 * {@link #port} plus {@value #WATCH_OFFSET} to notice at once that a member has died. Nothing else is opened.
 *
 * <p>Cluster name, geometry, owners and segments are those of the cluster for life, the secret until all members have stopped.
 * Every member must name the same. A member that names another cluster finds nobody, and begins one of its own.
 *
 * @param cluster name of the cluster; "engram" by default
 * @param name of this member, unlike that of any other, without commas, line breaks and the word or between spaces, and not
 *     beginning with guest-; "member" by default
 * @param address to listen at and to be found at; 127.0.0.1 by default
 * @param port to listen at; 7800 by default
 * @param hosts some or all members, as {@code 10.0.0.1} or {@code 10.0.0.1:7801}, itself or not; none by default
 * @param secret of the cluster, 16 characters or more; none by default, which is allowed on this machine alone
 * @param geometry the shape of every pattern; 116 x 116 by default
 * @param owners how many members keep a copy of each pattern; 2 by default
 * @param segments how many parts the store has, each with its owners; 256 by default
 * @param criteria when an answer counts as recognised, for recalls through this member that bring none, and for guests that it
 *     answers first; give all members the same
 * @param recallLimit how long a recall may take before it is incomplete; 10 s by default
 * @param joinLimit how long to wait for members that are missing or do not answer, and for segments while none comes; 2 minutes
 *     by default
 * @param restore whether to start without the members that are missing, from the files that are there
 */
public record ClusterOptions(
        String cluster,
        String name,
        String address,
        int port,
        List<String> hosts,
        String secret,
        Geometry geometry,
        int owners,
        int segments,
        Criteria criteria,
        Duration recallLimit,
        Duration joinLimit,
        boolean restore) {

    /** How much higher than {@link #port} the second port is. */
    public static final int WATCH_OFFSET = 1000;

    /** The least length of a secret. */
    public static final int LEAST_SECRET = 16;

    /** Lists of names have commas, alternatives have or, and files have lines. */
    private static final Pattern NAME = Pattern.compile("(?!.* or )[^,\\p{Cntrl}]*[^,\\p{Cntrl}\\s][^,\\p{Cntrl}]*");

    /** One member alone on this machine. */
    public static final ClusterOptions DEFAULT = new ClusterOptions(
            "engram",
            "member",
            "127.0.0.1",
            7800,
            List.of(),
            "",
            Geometry.PAPER,
            2,
            256,
            Criteria.DEFAULT,
            Duration.ofSeconds(10),
            Duration.ofMinutes(2),
            false);

    /** Checks the numbers.
     * @throws IllegalArgumentException if one is out of range */
    public ClusterOptions {
        hosts = List.copyOf(hosts);
        Objects.requireNonNull(geometry, "geometry");
        Objects.requireNonNull(criteria, "criteria");
        require(
                NAME.matcher(name).matches(),
                "name of a member",
                "some text without commas, line breaks and the word or between spaces",
                name);
        hosts.forEach(host -> Place.of(host, 1));
        require(port >= 1 && port <= 65535 - WATCH_OFFSET, "port", "1 to " + (65535 - WATCH_OFFSET), port);
        require(owners >= 1 && owners <= 16, "owners", "1 to 16", owners);
        require(segments >= 1 && segments <= 65536, "segments", "1 to 65536", segments);
        require(
                secret.isEmpty() || secret.length() >= LEAST_SECRET,
                "secret",
                LEAST_SECRET + " characters or more",
                secret.length() + " characters");
    }

    private static void require(boolean fulfilled, String what, String expected, Object found) {
        if (!fulfilled) {
            throw new IllegalArgumentException("%s: expected %s, found %s".formatted(what, expected, found));
        }
    }

    /** Sets the name of the cluster.
     * @param wanted any text
     * @return a copy with it */
    public ClusterOptions withCluster(String wanted) {
        return with(draft -> draft.cluster = wanted);
    }

    /** Sets the name of this member.
     * @param wanted unlike that of any other
     * @return a copy with it */
    public ClusterOptions withName(String wanted) {
        return with(draft -> draft.name = wanted);
    }

    /** Sets where this member listens.
     * @param host an address of this machine
     * @param number the port
     * @return a copy with them */
    public ClusterOptions at(String host, int number) {
        return with(draft -> {
            draft.address = host;
            draft.port = number;
        });
    }

    /** Sets where other members may be.
     * @param some {@code 10.0.0.1} or {@code 10.0.0.1:7801}; without a port, {@link #port} is meant
     * @return a copy with them */
    public ClusterOptions withHosts(String... some) {
        return with(draft -> draft.hosts = Arrays.asList(some));
    }

    /** Sets the secret by which members know each other, and with which everything between them is encrypted.
     * @param wanted 16 characters or more
     * @return a copy with it */
    public ClusterOptions withSecret(String wanted) {
        return with(draft -> draft.secret = wanted);
    }

    /** Sets the shape of every pattern.
     * @param wanted the shape
     * @return a copy with it */
    public ClusterOptions withGeometry(Geometry wanted) {
        return with(draft -> draft.geometry = wanted);
    }

    /** Sets how many parts the store has, and how many members keep each.
     * @param parts 1 to 65,536
     * @param copies 1 to 16
     * @return a copy with them */
    public ClusterOptions withSegments(int parts, int copies) {
        return with(draft -> {
            draft.owners = copies;
            draft.segments = parts;
        });
    }

    /** Sets when an answer counts as recognised.
     * @param wanted criteria
     * @return a copy with them */
    public ClusterOptions withCriteria(Criteria wanted) {
        return with(draft -> draft.criteria = wanted);
    }

    /** Sets the time limits.
     * @param ofRecall after which a recall is incomplete
     * @param ofJoin how long joining waits for members that are missing, and for segments while none comes
     * @return a copy with them */
    public ClusterOptions withLimits(Duration ofRecall, Duration ofJoin) {
        return with(draft -> {
            draft.recallLimit = ofRecall;
            draft.joinLimit = ofJoin;
        });
    }

    /** Makes it start without the members that are missing. The members that start so begin a new table of owners, and
     * offer each other all that their files hold. Until that is done, recalls are incomplete, and methods that do not find
     * a key throw. Patterns that only missing members have are not there until these
     * join with their files.
     * @param wanted whether it does
     * @return a copy with it */
    public ClusterOptions withRestore(boolean wanted) {
        return with(draft -> draft.restore = wanted);
    }

    private ClusterOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.made();
    }

    /** A copy while it is changed. */
    private static final class Draft {
        private String cluster;
        private String name;
        private String address;
        private int port;
        private List<String> hosts;
        private String secret;
        private Geometry geometry;
        private int owners;
        private int segments;
        private Criteria criteria;
        private Duration recallLimit;
        private Duration joinLimit;
        private boolean restore;

        Draft(ClusterOptions options) {
            cluster = options.cluster;
            name = options.name;
            address = options.address;
            port = options.port;
            hosts = options.hosts;
            secret = options.secret;
            geometry = options.geometry;
            owners = options.owners;
            segments = options.segments;
            criteria = options.criteria;
            recallLimit = options.recallLimit;
            joinLimit = options.joinLimit;
            restore = options.restore;
        }

        ClusterOptions made() {
            return new ClusterOptions(
                    cluster,
                    name,
                    address,
                    port,
                    hosts,
                    secret,
                    geometry,
                    owners,
                    segments,
                    criteria,
                    recallLimit,
                    joinLimit,
                    restore);
        }
    }

    /** What every member must have in common. */
    String setup() {
        return "geometry %s, %s segments, %s owners".formatted(geometry, segments, owners);
    }

    /** The members as the engine takes them. */
    String initialHosts() {
        return Stream.concat(Stream.of(new Place(address, port)), places().stream())
                .map(Place::forEngine)
                .collect(Collectors.joining(","));
    }

    /** Where the hosts are. */
    List<Place> places() {
        return hosts.stream().map(host -> Place.of(host, port)).toList();
    }

    /** Refuses to listen on a network without a secret: nothing goes over a network in the clear. */
    void requireSecretOutside(Path directory) {
        if (isInTheClear()) {
            throw new ClusterException(Diagnosis.of("member would talk over the network in the clear")
                    .in(directory)
                    .expected("a secret of the cluster", "none, to listen at " + address)
                    .remedy("give all members the same secret, or listen at 127.0.0.1"));
        }
    }

    boolean isInTheClear() {
        return secret.isEmpty() && !isLoopback();
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new ClusterException(
                    Diagnosis.of("address is not known here").found(address).remedy("name an address of this machine"),
                    e);
        }
    }

    @Override
    public String toString() {
        return "ClusterOptions[%s, %s at %s:%s, hosts %s, %s, %s]"
                .formatted(
                        cluster, name, address, port, hosts, secret.isEmpty() ? "no secret" : "with a secret", setup());
    }
}
