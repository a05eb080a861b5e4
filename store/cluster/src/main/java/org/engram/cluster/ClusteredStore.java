package org.engram.cluster;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.RecallOptions;

/**
 * One store over many machines: a member of a cluster, which keeps some of its segments and speaks for all of them. It
 * answers what one {@link org.engram.store.PatternStore} with everything in it would answer, to the last digit, except
 * that ties are named by key. Black and white patterns only. Safe for any number of threads.
 *
 * <p>A change returns when all owners of its key have it in their journals: the change then survives the death of any
 * process, and of all at once. After the loss of all owners of a segment, and during a restore, old files may hold what nobody
 * else has: until they are offered, a method that does not find a key throws a {@link ClusterException}, and recalls are
 * incomplete. A change that throws a {@link ClusterException} may be done or not. When they are given
 * something wrong, methods throw what {@link org.engram.store.PatternStore} says.
 */
public final class ClusteredStore implements AutoCloseable {

    private static final long CALL_LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_MS = 50;
    /** A key of a store can be longer, so that there is room for the generation. */
    private static final int MOST_KEY_BYTES = 4_000;

    private final ClusterOptions options;
    private final Start start;
    private final Member member;

    private ClusteredStore(ClusterOptions options, Start start) {
        this.options = options;
        this.start = start;
        this.member = start.member();
    }

    /** Joins a cluster, or begins one. Returns when this member has its part of the data. Old files in the directory are
     * offered to the cluster in the background; see {@link #awaitSettled}.
     * @param directory of this member alone, made when it is not there
     * @param options who and where it is, and who the others are
     * @return the store
     * @throws ClusterException if it is not let in, or the others do not fit or are missing */
    public static ClusteredStore join(Path directory, ClusterOptions options) {
        Guests.requireMember(options);
        options.requireSecretOutside(directory);
        return new ClusteredStore(options, Start.of(directory, options));
    }

    /** Stores a pattern under a new key.
     * @param key 1 to 4,000 bytes of UTF-8 without U+0001
     * @param pattern black and white, of the cluster's geometry
     * @throws EngramException.DuplicateKey if the key is in use */
    public void memorize(String key, Pattern pattern) {
        member.writes().change(Change.MEMORIZE, valid(key), bits(pattern));
    }

    /** Stores a pattern under a key, new or in use.
     * @param key 1 to 4,000 bytes of UTF-8
     * @param pattern black and white, of the cluster's geometry
     * @return whether it was in use */
    public boolean put(String key, Pattern pattern) {
        Entry before = member.writes().change(Change.PUT, valid(key), bits(pattern));
        return before != null && !before.isForgotten();
    }

    /** Stores another pattern under a key in use.
     * @param key a key of the cluster
     * @param pattern black and white, of the cluster's geometry
     * @throws EngramException.UnknownKey if the key names nothing */
    public void replace(String key, Pattern pattern) {
        member.writes().change(Change.REPLACE, valid(key), bits(pattern));
    }

    /** Takes the pattern of a key away for good.
     * @param key a key of the cluster
     * @throws EngramException.UnknownKey if the key names nothing */
    public void forget(String key) {
        member.writes().change(Change.FORGET, valid(key), new byte[0]);
    }

    /** Stores many patterns under new keys, much faster than one by one. It may store some and not others: for all or
     * none over many machines, each would have to promise what it cannot keep alone.
     * @param entries keys and patterns, as {@link Map#entrySet} has them
     * @throws EngramException.DuplicateKey if keys are in use, and all others are stored; or if a key is twice in the batch, and
     *     nothing is stored */
    public void memorizeAll(Collection<? extends Map.Entry<String, Pattern>> entries) {
        List<Named> all = new ArrayList<>();
        entries.forEach(entry -> all.add(new Named(valid(entry.getKey()), bits(entry.getValue()))));
        Set<String> seen = new HashSet<>();
        List<String> twice =
                all.stream().map(Named::key).filter(key -> !seen.add(key)).toList();
        if (!twice.isEmpty()) {
            throw new EngramException.DuplicateKey(
                    twice,
                    Diagnosis.of("key is twice in the batch")
                            .found("\"%s\"".formatted(twice.getFirst()))
                            .remedy("choose another key for one, nothing was stored"));
        }
        member.writes().memorizeAll(all, CALL_LIMIT_NS);
    }

    /** {@return the pattern of a key}
     * @param key a key of the cluster
     * @throws EngramException.UnknownKey if the key names nothing
     * @throws ClusterException as {@link #contains} does */
    public Pattern pattern(String key) {
        Entry entry = member.writes().get(valid(key));
        if (entry == null || entry.isForgotten()) {
            throw new EngramException.UnknownKey(
                    key,
                    Diagnosis.of("key names nothing")
                            .found("\"%s\" in the cluster".formatted(key))
                            .remedy("look at its spelling"));
        }
        return Bits.pattern(options.geometry(), entry.bits());
    }

    /** {@return whether a key names a pattern}
     * @param key 1 to 4,000 bytes of UTF-8
     * @throws ClusterException if not all owners of the key are within reach, and there is no majority; or if old files that wait
     *     may have the key */
    public boolean contains(String key) {
        Entry entry = member.writes().get(valid(key));
        return entry != null && !entry.isForgotten();
    }

    /** {@return how many patterns those members hold that answer within {@link ClusterOptions#recallLimit}, each counted once} */
    public long size() {
        return states().stream().mapToLong(MemberState::live).sum();
    }

    /** {@return the answer to a cue}
     * @param cue black and white, of the cluster's geometry */
    public ClusteredRecall recall(Cue cue) {
        return recall(cue, RecallOptions.DEFAULT);
    }

    /** {@return the answer to a cue}
     * @param cue black and white, of the cluster's geometry
     * @param wanted how many candidates, by which criteria, within which radius or keys; not among numbers */
    public ClusteredRecall recall(Cue cue, RecallOptions wanted) {
        return recallAll(List.of(cue), wanted).getFirst();
    }

    /** {@return an answer for every cue, in their order, faster than one by one}
     * @param cues black and white, of the cluster's geometry
     * @param wanted as for a single recall, for each cue */
    public List<ClusteredRecall> recallAll(List<Cue> cues, RecallOptions wanted) {
        cues.forEach(cue -> requireFits(cue, options.geometry()));
        long deadline = System.nanoTime() + options.recallLimit().toNanos();
        return new Asking(member, options.segments(), Scope.of(wanted), deadline)
                .recall(cues, wanted.criteria().orElse(options.criteria()));
    }

    static void requireFits(Cue cue, Geometry geometry) {
        if (!cue.geometry().equals(geometry)) {
            throw new EngramException.WrongGeometry(
                    Diagnosis.of("cue does not fit the cluster").expected(geometry + " pixels", cue.geometry()));
        }
        if (!cue.isTwoValued()) {
            throw new IllegalArgumentException(
                    "cue of a cluster: expected black and white, found other values; show it without greys");
        }
    }

    private byte[] bits(Pattern pattern) {
        return bits(pattern, options.geometry());
    }

    static byte[] bits(Pattern pattern, Geometry geometry) {
        if (!pattern.geometry().equals(geometry)) {
            throw new EngramException.WrongGeometry(Diagnosis.of("pattern does not fit the cluster")
                    .expected(geometry + " pixels", pattern.geometry()));
        }
        return Bits.of(pattern);
    }

    static String valid(String key) {
        RecallOptions.DEFAULT.amongKeysStartingWith(Objects.requireNonNull(key, "key"));
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (key.isEmpty() || key.indexOf(Name.MARK) >= 0 || bytes > MOST_KEY_BYTES) {
            throw new EngramException.InvalidKey(Diagnosis.of("key cannot be used in a cluster")
                    .expected(
                            "1 to 4,000 bytes of UTF-8 without U+0001",
                            "%s bytes%s".formatted(bytes, key.indexOf(Name.MARK) < 0 ? "" : " with it")));
        }
        return key;
    }

    /** {@return when an answer counts as recognised, unless a recall brings criteria of its own} */
    public Criteria criteria() {
        return options.criteria();
    }

    /** {@return the shape of every pattern} */
    public Geometry geometry() {
        return options.geometry();
    }

    /** {@return the names of the members that are within reach, in order} */
    public List<String> members() {
        return start.names();
    }

    /** {@return how many segments the store has} */
    public int segments() {
        return options.segments();
    }

    /** {@return the state of each member that answers within {@link ClusterOptions#recallLimit}, in the order of their names} */
    public List<MemberState> states() {
        return member
                .callAll(new AskState(options.name()), options.recallLimit().toNanos())
                .stream()
                .sorted(Comparator.comparing(MemberState::name))
                .toList();
    }

    /** {@return whether there is a majority, nothing moves, the others have all that this member has, old files included, and no
     * old files of others are waited for} */
    public boolean isSettled() {
        return member.isSettled() && start.isGiven();
    }

    /** {@return what {@link #isSettled} says, after waiting until it says yes}
     * @param limit how long to wait at most */
    public boolean awaitSettled(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!isSettled() && System.nanoTime() < deadline) {
            Pause.ms(POLL_MS);
        }
        return isSettled();
    }

    /** Stops all members in order: everyone refuses changes, makes its files durable, and leaves. All together can be started
     * again with everything.
     * @throws ClusterException if one cannot; then none stops */
    public void shutdownCluster() {
        start.shutdownCluster();
    }

    /** {@return whether this member has stopped, as all do after {@link #shutdownCluster}} */
    public boolean isClosed() {
        return start.isClosed();
    }

    /** Leaves the cluster. The others make new copies of what this member had; its files stay, and are offered when it joins
     * again. Closing again does nothing. */
    @Override
    public void close() {
        start.close();
    }
}
