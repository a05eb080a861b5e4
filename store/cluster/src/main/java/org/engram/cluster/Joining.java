package org.engram.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.engram.store.Diagnosis;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.Address;
import org.jspecify.annotations.Nullable;

/**
 * Makes a process that has found the others a member. If the cluster runs, the process joins empty and sets its old
 * files aside. If it does not run, all wait for the owners in the newest table that one of them remembers, and start
 * from this table, as soon as the one that leads is ready. Safe for any number of threads.
 */
final class Joining {

    private static final long LOOK_AGAIN_MS = 200;
    private static final long HELLO_LIMIT_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long CLEARED_UP_NS = TimeUnit.SECONDS.toNanos(5);

    private static final Map<Address, Joining> BY_ADDRESS = new ConcurrentHashMap<>();

    private final ClusterOptions options;
    private final Path directory;
    private final EmbeddedCacheManager manager;
    private final String id;
    /** The table of the cluster in which this member was last. */
    private final OwnerTable last;

    private volatile OwnerTable remembered;
    private volatile String lineage;
    private volatile long life;
    private volatile boolean running;
    private boolean restart;
    /** Whether the engine here knows what the cluster starts from. */
    private volatile boolean hasTold;

    private volatile Runnable beforeHello = () -> {};

    private final Owing owing;
    /** Whether this member has files of an earlier membership. */
    private final boolean hasOldFiles;
    /** Those that were heard last. */
    private volatile List<Address> heard = List.of();

    private boolean isLate;

    Joining(ClusterOptions options, Path directory, EmbeddedCacheManager manager) {
        this.options = options;
        this.directory = directory;
        this.manager = manager;
        this.id = Engine.lastingId(manager);
        this.last = OwnerTable.read(directory);
        this.lineage = last.lineage();
        this.hasOldFiles = !Aside.waiting(directory).isEmpty()
                || !Aside.segmentsIn(Aside.segments(directory)).isEmpty();
        this.owing = new Owing(options.name(), directory);
        owing.begin(options.restore() ? List.of(options.name()) : owing.remembered(), hasOldFiles);
        this.remembered = options.restore() ? OwnerTable.NONE : last;
        BY_ADDRESS.put(manager.getAddress(), this);
    }

    static @Nullable Joining of(EmbeddedCacheManager there) {
        return BY_ADDRESS.get(there.getAddress());
    }

    void forget() {
        BY_ADDRESS.remove(manager.getAddress());
    }

    /** Sets what is to be done before this member says for whom it waits. */
    void beforeHello(Runnable todo) {
        beforeHello = todo;
    }

    Hello hello() {
        beforeHello.run();
        return new Hello(
                options.name(),
                id,
                options.setup(),
                running,
                hasTold && manager.isCoordinator(),
                owing.owes(),
                lineage,
                running ? life : last.life(),
                remembered.topology(),
                remembered.isNone() ? "" : remembered.text(),
                List.copyOf(owing.names()));
    }

    void isRunning() {
        running = true;
    }

    boolean runs() {
        return running;
    }

    String lineage() {
        return lineage;
    }

    long life() {
        return life;
    }

    /** Prepares the files and the engine for the start of the cache, as soon as that may start. */
    void prepare() {
        long deadline = System.nanoTime() + options.joinLimit().toNanos();
        Set<String> seen = new HashSet<>();
        while (true) {
            List<Hello> others = others();
            others.forEach(this::requireSame);
            if (Hello.anyRuns(others)) {
                joinRunning(others);
                return;
            }
            OwnerTable newest = newest(others);
            Set<String> present = present(others);
            boolean isLed = newest.missing(present).isEmpty() && allSpoke(others) && isLed(newest, others);
            if (isLed && newest.isNone() && mayBegin(others)) {
                beginAnew(others);
                return;
            }
            if (isLed && newest.members().containsKey(id)) {
                startFrom(newest, others);
                return;
            }
            seen.addAll(present);
            if (System.nanoTime() > deadline) {
                throw cannotStart(newest, others, seen);
            }
            Pause.ms(LOOK_AGAIN_MS);
        }
    }

    /** Where nobody remembers the owners of what is in files, others may. */
    private boolean mayBegin(List<Hello> others) {
        return !hasOldFiles || options.restore() || others.stream().anyMatch(Hello::owes);
    }

    /** A process that does not speak yet may remember the newest table. */
    private boolean allSpoke(List<Hello> others) {
        return others.size() >= Guests.othersOf(manager).size();
    }

    /**
     * Whether the process that leads has told its engine what the cluster starts from: its engine decides that when the
     * first member joins. A process that leads tells it even if it is no owner in the table. Then it joins when the
     * owners run.
     */
    private boolean isLed(OwnerTable newest, List<Hello> others) {
        if (!manager.isCoordinator()) {
            Optional<Hello> leader = others.stream().filter(Hello::leads).findFirst();
            lineage = leader.map(Hello::lineage).orElse(lineage);
            return leader.isPresent();
        }
        Engine.startFrom(manager, newest);
        lineage = Stream.concat(Stream.of(lineage), others.stream().map(Hello::lineage))
                .filter(one -> !one.isEmpty())
                .findFirst()
                .orElseGet(() -> UUID.randomUUID().toString());
        hasTold = true;
        return true;
    }

    private ClusterException cannotStart(OwnerTable newest, List<Hello> others, Set<String> seen) {
        if (!allSpoke(others)) {
            return new ClusterException(Diagnosis.of(
                            "cluster cannot start, since not all that are there say what they have")
                    .in(directory)
                    .expected("an answer of " + Guests.membersOf(manager), others.size() + " answers from others")
                    .remedy("look whether these processes run, and start this one again"));
        }
        if (newest.isNone() && !mayBegin(others)) {
            return new ClusterException(
                    Diagnosis.of("cluster cannot start, since nobody remembers the owners of its segments")
                            .in(directory)
                            .found("files of an earlier membership")
                            .remedy("start the other members, too, or restore the cluster"));
        }
        if (newest.missing(present(others)).isEmpty()) {
            return new ClusterException(Diagnosis.of("cluster cannot start, since nobody leads")
                    .in(directory)
                    .expected("that %s is ready to lead".formatted(manager.getCoordinator()), "it is not")
                    .remedy("look whether that process runs, and start this one again"));
        }
        // A process that waited as long as this one, and just gave up, is not what is missing.
        List<String> never = newest.missing(seen);
        return new ClusterException(Diagnosis.of("cluster cannot start, since members are missing")
                .in(directory)
                .expected(
                        "the owners of its segments: " + names(newest),
                        never.isEmpty() ? "not all at once" : "without " + never)
                .remedy("start them, or restore the cluster without them"));
    }

    private static String names(OwnerTable table) {
        return table.members().values().stream().sorted().toList().toString();
    }

    /** Whether the cluster starts from a table, so that its owners have to compare what they have. */
    boolean isRestart() {
        return restart;
    }

    /** Whether nobody is waited for that may have what nobody else has. */
    boolean isWhole() {
        return owing.isNone();
    }

    /** Those that are waited for. */
    Set<String> awaited() {
        return owing.names();
    }

    /** Waits for what one of some members has aside, for each of these lists. */
    void await(List<List<String>> lists) {
        owing.addOneOfEach(lists);
    }

    /** Whether others wait for what this member has aside. */
    boolean owes() {
        return owing.owes();
    }

    /** Whether this member joins others that run. */
    boolean isLate() {
        return isLate;
    }

    /** All that this member has aside is offered. */
    void hasOffered() {
        owing.hasOffered();
    }

    /** Takes in what the others have offered and for whom they wait. */
    void hear() {
        List<Address> there = Guests.othersOf(manager);
        if (!owing.isNone() || !there.equals(heard)) {
            Set<String> before = owing.names();
            List<Hello> others = others();
            if (others.size() >= there.size()) {
                owing.hear(others, before);
                heard = there;
            }
        }
    }

    /** Hears the others for the first time, before this member speaks for what it has. */
    void hearFirst() {
        long deadline = System.nanoTime() + options.joinLimit().toNanos();
        hear();
        while (!Guests.othersOf(manager).equals(heard) && System.nanoTime() < deadline) {
            Pause.ms(LOOK_AGAIN_MS);
            hear();
        }
    }

    /**
     * Waits, after a start from a table, until all have compared what they have. The last that died may have noted the others
     * as lost; as all are here, that is cleared up soon, unless old files are to be offered.
     */
    void awaitOthers() {
        long deadline = System.nanoTime() + options.joinLimit().toNanos();
        long patience = System.nanoTime() + CLEARED_UP_NS;
        while (restart && System.nanoTime() < deadline) {
            List<Hello> others = others();
            boolean allRun = allSpoke(others) && others.stream().allMatch(Hello::running);
            if (allRun && (owing.isNone() || System.nanoTime() > patience)) {
                return;
            }
            Pause.ms(LOOK_AGAIN_MS);
        }
    }

    private void joinRunning(List<Hello> others) {
        Hello latest = others.stream()
                .filter(Hello::running)
                .max(Comparator.comparingLong(Hello::life))
                .orElseThrow();
        life = latest.life();
        lineage = latest.lineage();
        if (life < last.life()) {
            // Entries of a later life would take the place of what the running cluster acknowledges.
            throw new ClusterException(Diagnosis.of("cluster that runs was begun without what this member has")
                    .in(directory)
                    .expected("life %s or later".formatted(last.life()), life)
                    .remedy("stop the cluster, and start it with this member, by restore if others are missing"));
        }
        isLate = true;
        Set<String> awaited = Hello.owing(others.stream().filter(Hello::running));
        if (options.restore() || !awaited.isEmpty()) {
            awaited.add(options.name());
        }
        owing.begin(awaited, hasOldFiles);
        remembered = OwnerTable.NONE;
        OwnerTable.forget(directory);
        Aside.setAside(directory);
        Engine.startFrom(manager, OwnerTable.NONE);
    }

    /** Begins a new cluster: nobody remembers a table, or all are told to ignore it. */
    private void beginAnew(List<Hello> others) {
        Set<String> awaited = Hello.owing(others.stream());
        awaited.addAll(owing.names());
        if (!awaited.isEmpty()) {
            awaited.add(options.name());
        }
        owing.begin(awaited, hasOldFiles);
        life = 1
                + Math.max(
                        last.life(),
                        others.stream().mapToLong(Hello::life).max().orElse(0));
        Aside.setAside(directory);
        OwnerTable.forget(directory);
        Engine.startFrom(manager, OwnerTable.NONE);
        hasTold = true;
    }

    private void startFrom(OwnerTable newest, List<Hello> others) {
        life = newest.life() + 1;
        restart = true;
        Set<String> awaited =
                Hello.owing(others.stream().filter(other -> newest.members().containsKey(other.uuid())));
        awaited.addAll(owing.names());
        owing.begin(awaited, hasOldFiles);
        Aside.setAsideExcept(directory, options.segments(), segment -> newest.isOwner(id, segment));
        Engine.startFrom(manager, newest);
        hasTold = true;
    }

    private OwnerTable newest(List<Hello> others) {
        List<OwnerTable> all = new ArrayList<>(List.of(remembered));
        others.forEach(other -> all.add(other.remembered()));
        return OwnerTable.newest(all);
    }

    private Set<String> present(List<Hello> others) {
        Set<String> present = new HashSet<>(Set.of(id));
        others.forEach(other -> present.add(other.uuid()));
        return present;
    }

    /** Two that stand in one table belong together, though they may have begun apart. */
    private boolean isOfAnother(Hello other) {
        return !other.lineage().isEmpty()
                && !other.lineage().equals(last.lineage())
                && !last.members().containsKey(other.uuid())
                && !other.remembered().members().containsKey(id);
    }

    private void requireSame(Hello other) {
        if (!last.lineage().isEmpty() && isOfAnother(other)) {
            throw new ClusterException(
                    Diagnosis.of("directory is of another cluster than that of " + other.name())
                            .in(directory)
                            .expected("lineage " + other.lineage(), last.lineage())
                            .remedy(
                                    "give it an empty directory; or stop a cluster that was begun by mistake, and start this one"));
        }
        if (!other.setup().equals(options.setup())) {
            throw new ClusterException(Diagnosis.of("member does not fit the cluster")
                    .in(directory)
                    .expected(other.setup() + ", as " + other.name() + " has", options.setup())
                    .remedy("give it the same"));
        }
        if (other.name().equals(options.name())) {
            throw new ClusterException(Diagnosis.of("name of the member is in use")
                    .in(directory)
                    .found(other.name())
                    .remedy("give each member a name of its own"));
        }
    }

    private List<Hello> others() {
        return Calls.all(manager, Guests.othersOf(manager), new AskHello(options.name()), HELLO_LIMIT_NS);
    }
}
