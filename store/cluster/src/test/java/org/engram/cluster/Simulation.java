package org.engram.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.engram.store.Criteria;
import org.engram.store.Cue;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.store.Recall;
import org.engram.store.RecallOptions;

/**
 * One history of a cluster without processes: members with disks, segments that move entry by entry while they change, deaths at
 * any point, returns with old files, and the death of all. What decides is the cluster's own code: {@link Change},
 * {@link Entry#supersedes}, {@link OwnerTable}, {@link Coverage} and {@link Merge}. The same seed gives the same history.
 */
final class Simulation {

    /** What the cluster's code decides; a mistake decides otherwise. */
    static class Rules {
        boolean supersedes(Entry entry, long held) {
            return entry.supersedes(held);
        }

        long term(long life, int topology) {
            return Term.of(life, topology);
        }

        boolean confirms() {
            return true;
        }

        OwnerTable newest(List<OwnerTable> tables) {
            return OwnerTable.newest(tables);
        }

        boolean take(Coverage<Nearest> coverage, Nearest answer) {
            return coverage.take(answer);
        }

        boolean remembersWhileMoving() {
            return false;
        }

        boolean setsAside() {
            return true;
        }

        boolean looksAgainAfterTheScan() {
            return true;
        }

        boolean dropsBeforeTheCopyIsWhole() {
            return false;
        }

        boolean deletesWhatIsAside() {
            return false;
        }

        boolean keepsGraves() {
            return true;
        }

        boolean remembersBeforeItWrites() {
            return true;
        }

        boolean reconciles() {
            return true;
        }
    }

    private static final Geometry G = new Geometry(8, 8);
    private static final int SEGMENTS = 4;
    private static final int OWNERS = 2;
    private static final int KEYS = 10;
    private static final int STEPS = 60;
    private static final Scope TWO = Scope.of(RecallOptions.DEFAULT.withCandidates(2));

    private final Random random;
    private final Rules rules;
    private final List<Node> nodes = new ArrayList<>();
    private final List<List<Node>> owners = new ArrayList<>();
    private final List<Move> moves = new ArrayList<>();
    private final Map<String, Entry> acknowledged = new HashMap<>();
    private final Map<String, Set<Entry>> attempted = new HashMap<>();
    private long life;
    private int topology;
    private int pictures;
    private Node dropping;
    private final Set<Node> hearing = new HashSet<>();

    /** A member: what is on its disk, and what it remembers. */
    private static final class Node {
        final String id;
        boolean up = true;
        Map<Integer, Map<String, Entry>> disk = new TreeMap<>();
        final List<Map<String, Entry>> aside = new ArrayList<>();
        OwnerTable remembered = OwnerTable.NONE;

        Node(String id) {
            this.id = id;
        }

        Map<String, Entry> segment(int number) {
            return disk.computeIfAbsent(number, some -> new TreeMap<>());
        }
    }

    /** A segment on its way: keys that are still to be read, and entries that were read and are still to be written. */
    private static final class Move {
        final int segment;
        final Node from;
        final Node to;
        final Deque<String> unread;
        final Deque<Map.Entry<String, Entry>> flying = new ArrayDeque<>();
        final boolean replaces;

        Move(int segment, Node from, Node to, boolean replaces) {
            this.segment = segment;
            this.from = from;
            this.to = to;
            this.replaces = replaces;
            this.unread = new ArrayDeque<>(from.segment(segment).keySet());
        }
    }

    Simulation(long seed, Rules rules) {
        this.random = new Random(seed);
        this.rules = rules;
        int members = 3 + random.nextInt(3);
        for (int i = 0; i < members; i++) {
            nodes.add(new Node("m" + i));
        }
        for (int segment = 0; segment < SEGMENTS; segment++) {
            List<Node> some = new ArrayList<>();
            for (int copy = 0; copy < OWNERS; copy++) {
                Node owner = nodes.get((segment + copy) % members);
                owner.segment(segment);
                some.add(owner);
            }
            owners.add(some);
        }
        remember();
    }

    /** Runs it, and says what went wrong; "" for nothing. */
    String run() {
        for (int step = 0; step < STEPS; step++) {
            String wrong = step();
            if (!wrong.isEmpty()) {
                return wrong;
            }
        }
        nodes.forEach(this::rejoin);
        settle();
        nodes.forEach(this::offer);
        return checkAll();
    }

    private String step() {
        switch (random.nextInt(16)) {
            case 0 -> kill(any(nodes));
            case 1, 2 -> rejoin(any(nodes));
            case 3 -> rebalance();
            case 4 -> offer(any(nodes));
            case 5 -> {
                return random.nextBoolean() ? restart() : "";
            }
            case 6 -> {
                return recall();
            }
            case 7, 8, 9 -> moveOn();
            default -> change();
        }
        return "";
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static int segmentOf(String key) {
        return Math.floorMod(key.hashCode(), SEGMENTS);
    }

    private Entry read(String key) {
        int segment = segmentOf(key);
        return owners.get(segment).getFirst().segment(segment).get(key);
    }

    private void put(Node node, String key, Entry entry) {
        Entry held = node.segment(segmentOf(key)).get(key);
        if (rules.supersedes(entry, held == null ? 0 : held.generation())) {
            node.segment(segmentOf(key)).put(key, entry);
            if (entry.isForgotten() && !rules.keepsGraves()) {
                node.segment(segmentOf(key)).remove(key);
            }
        }
    }

    private void change() {
        String key = "k" + random.nextInt(KEYS);
        Change change = any(List.of(Change.values()));
        // Who asks may not have heard of the last tables yet.
        int heard = Math.max(0, topology - random.nextInt(3));
        Entry next;
        try {
            next = change.of(key, read(key), Bits.of(picture(pictures++)), rules.term(life, heard));
        } catch (EngramException refused) {
            return;
        }
        boolean done = write(key, next);
        if (done && heard < topology && rules.confirms()) {
            next = next.again(rules.term(life, topology));
            done = write(key, next);
        }
        if (done) {
            acknowledged.put(key, next);
            // Whatever was tried before must not take its place any more.
            attempted.get(key).clear();
        }
    }

    /** Writes an entry to all that have its segment, and tells whether nobody died meanwhile: else it may be done or not. */
    private boolean write(String key, Entry next) {
        attempted.computeIfAbsent(key, some -> new HashSet<>()).add(next);
        // The engine writes the first owner last, and whoever asked for the change may die as well.
        List<Node> writers = writers(segmentOf(key));
        Collections.shuffle(writers, random);
        if (rules.remembersBeforeItWrites()) {
            hearing.addAll(writers);
            remember();
            hearing.clear();
        }
        boolean dies = random.nextInt(8) == 0;
        int written = 0;
        for (Node writer : writers) {
            if (dies && written > 0 && kill(any(nodes))) {
                return false;
            }
            if (writer.up) {
                put(writer, key, next);
                written++;
            }
        }
        return true;
    }

    private List<Node> writers(int segment) {
        List<Node> writers = new ArrayList<>(owners.get(segment));
        moves.stream()
                .filter(move -> move.segment == segment && !writers.contains(move.to))
                .forEach(move -> writers.add(move.to));
        return writers;
    }

    /** Kills a member unless a segment would be without an owner then, and tells whether it did. */
    private boolean kill(Node node) {
        if (!node.up || owners.stream().anyMatch(some -> some.equals(List.of(node)))) {
            return false;
        }
        node.up = false;
        owners.forEach(some -> some.remove(node));
        moves.removeIf(move -> move.to == node || move.from == node);
        topology++;
        fill();
        remember();
        return true;
    }

    /** Begins to make the copies that are short. */
    private void fill() {
        for (int segment = 0; segment < SEGMENTS; segment++) {
            int number = segment;
            long coming = moves.stream()
                    .filter(move -> move.segment == number && !move.replaces)
                    .count();
            if (owners.get(segment).size() + coming < OWNERS) {
                List<Node> free = nodes.stream()
                        .filter(node -> node.up && !writers(number).contains(node))
                        .toList();
                if (!free.isEmpty()) {
                    begin(new Move(segment, owners.get(segment).getFirst(), any(free), false));
                }
            }
        }
    }

    private void begin(Move move) {
        move.to.segment(move.segment);
        moves.add(move);
        if (rules.dropsBeforeTheCopyIsWhole()
                && move.replaces
                && owners.get(move.segment).size() > 1) {
            owners.get(move.segment).remove(move.from);
            owners.get(move.segment).add(move.to);
        }
        topology++;
        remember();
    }

    /** Moves a segment to a member that has it not. */
    private void rebalance() {
        int segment = random.nextInt(SEGMENTS);
        List<Node> free = nodes.stream()
                .filter(node -> node.up && !writers(segment).contains(node))
                .toList();
        if (!free.isEmpty() && moves.stream().noneMatch(move -> move.segment == segment)) {
            begin(new Move(segment, any(owners.get(segment)), any(free), true));
        }
    }

    /** One entry is read, or written, or a move ends. */
    private void moveOn() {
        if (moves.isEmpty()) {
            return;
        }
        Move move = any(moves);
        if (!move.unread.isEmpty() && (move.flying.isEmpty() || random.nextBoolean())) {
            String key = move.unread.removeFirst();
            Entry entry = move.from.segment(move.segment).get(key);
            if (entry != null) {
                move.flying.add(Map.entry(key, entry));
            }
        } else if (!move.flying.isEmpty()) {
            Map.Entry<String, Entry> one = move.flying.removeFirst();
            put(move.to, one.getKey(), one.getValue());
        } else {
            moves.remove(move);
            List<Node> some = owners.get(move.segment);
            if (!some.contains(move.to)) {
                some.add(move.to);
            }
            if (move.replaces && some.size() > OWNERS) {
                some.remove(move.from);
                dropping = move.from;
            }
            topology++;
            remember();
            if (dropping != null) {
                dropping.disk.remove(move.segment);
                dropping = null;
            }
        }
    }

    private void settle() {
        fill();
        while (!moves.isEmpty()) {
            moveOn();
            if (moves.isEmpty()) {
                fill();
            }
        }
    }

    /** Owners have everything at any time; who a segment moves to has not. */
    private void remember() {
        remember(rules.remembersWhileMoving());
    }

    private void remember(boolean moving) {
        Map<String, String> members = new TreeMap<>();
        Map<String, String> table = new TreeMap<>();
        for (int segment = 0; segment < SEGMENTS; segment++) {
            List<Node> some = moving ? new ArrayList<>(writers(segment)) : owners.get(segment);
            if (moving && some.size() > OWNERS) {
                some = some.subList(some.size() - OWNERS, some.size());
            }
            for (int i = 0; i < some.size(); i++) {
                table.put("segmentOwner." + segment + "." + i, some.get(i).id);
                members.put(some.get(i).id, some.get(i).id);
            }
        }
        OwnerTable now = new OwnerTable("simulated", life, topology, members, table);
        for (Node node : nodes) {
            // Now and then a member hears of a table only with the next; not one that joins, writes or drops a segment.
            if (node.up && (node == dropping || hearing.contains(node) || topology == 0 || random.nextInt(4) > 0)) {
                node.remembered = OwnerTable.parse(now.text());
            }
        }
    }

    /** A member comes back to a cluster that runs: what it had is set aside, and it gets segments as any other. */
    private void rejoin(Node node) {
        if (node.up) {
            return;
        }
        if (rules.setsAside()) {
            setAside(node, segment -> true);
        }
        node.up = true;
        node.remembered = OwnerTable.NONE;
        topology++;
        hearing.add(node);
        fill();
        remember();
        hearing.clear();
    }

    private static void setAside(Node node, java.util.function.IntPredicate which) {
        for (int segment = 0; segment < SEGMENTS; segment++) {
            if (node.disk.containsKey(segment) && which.test(segment)) {
                node.aside.add(node.disk.remove(segment));
            }
        }
    }

    private void offer(Node node) {
        if (!node.up) {
            return;
        }
        if (!rules.deletesWhatIsAside()) {
            for (Map<String, Entry> old : node.aside) {
                old.forEach((key, entry) -> {
                    Entry held = read(key);
                    if (rules.supersedes(entry, held == null ? 0 : held.generation())) {
                        writers(segmentOf(key)).forEach(writer -> put(writer, key, entry));
                    }
                });
            }
        }
        node.aside.clear();
    }

    /** All die at once, and all start again from the newest table that one of them remembers. */
    private String restart() {
        moves.clear();
        List<Node> present = new ArrayList<>(nodes);
        Node late = any(nodes);
        present.remove(late);
        if (newest(present).members().containsKey(late.id)) {
            present.add(late);
        }
        OwnerTable table = newest(present);
        life = table.life() + 1;
        topology = 0;
        for (int segment = 0; segment < SEGMENTS; segment++) {
            owners.get(segment).clear();
            for (Node node : nodes) {
                if (table.isOwner(node.id, segment)) {
                    owners.get(segment).add(node);
                }
            }
            if (owners.get(segment).isEmpty()) {
                return "segment without an owner after a restart";
            }
        }
        nodes.forEach(node -> node.up = false);
        for (Node node : present) {
            node.up = true;
            if (rules.setsAside()) {
                setAside(node, segment -> !table.isOwner(node.id, segment));
            }
        }
        if (rules.reconciles()) {
            reconcile();
        }
        fill();
        remember();
        nodes.forEach(this::offer);
        return check("after a restart");
    }

    private OwnerTable newest(List<Node> some) {
        return rules.newest(some.stream().map(node -> node.remembered).toList());
    }

    /** An owner that died before the others has not all that they have; the highest generation of each key counts. */
    private void reconcile() {
        for (int segment = 0; segment < SEGMENTS; segment++) {
            for (Node from : owners.get(segment)) {
                for (Node to : owners.get(segment)) {
                    from.segment(segment).forEach((key, entry) -> {
                        if (from != to) {
                            put(to, key, entry);
                        }
                    });
                }
            }
        }
    }

    private String checkAll() {
        String wrong = check("at the end");
        if (!wrong.isEmpty()) {
            return wrong;
        }
        for (int segment = 0; segment < SEGMENTS; segment++) {
            for (Node owner : owners.get(segment)) {
                if (!owner.segment(segment)
                                .equals(owners.get(segment).getFirst().segment(segment))
                        && !differOnlyInAttempts(
                                owner.segment(segment),
                                owners.get(segment).getFirst().segment(segment))) {
                    return "copies differ at the end";
                }
            }
        }
        return recall();
    }

    /** A change that nobody acknowledged may be on one copy alone, until its key changes again. */
    private boolean differOnlyInAttempts(Map<String, Entry> one, Map<String, Entry> other) {
        Set<String> keys = new HashSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys.stream().allMatch(key -> isPossible(key, one.get(key)) && isPossible(key, other.get(key)));
    }

    private boolean isPossible(String key, Entry held) {
        Entry last = acknowledged.get(key);
        return Objects.equals(held, last)
                || (held != null && attempted.getOrDefault(key, Set.of()).contains(held));
    }

    private String check(String when) {
        for (int i = 0; i < KEYS; i++) {
            String key = "k" + i;
            for (Node owner : owners.get(segmentOf(key))) {
                if (!isPossible(key, owner.segment(segmentOf(key)).get(key))) {
                    return "%s holds %s of %s %s, acknowledged %s"
                            .formatted(
                                    owner.id, owner.segment(segmentOf(key)).get(key), key, when, acknowledged.get(key));
                }
            }
        }
        return "";
    }

    /** Asks owners in any order, some of them twice, while a segment may move away; the answer must be that of one store. */
    private String recall() {
        Cue cue = Cue.bipolar(picture(random.nextInt(pictures + 3)));
        Coverage<Nearest> coverage = new Coverage<>(Asking.all(SEGMENTS));
        for (int turn = 0; turn < 100 && !coverage.isComplete(); turn++) {
            Node asked = any(nodes.stream().filter(node -> node.up).toList());
            BitSet wanted = random.nextInt(3) == 0 ? Asking.all(SEGMENTS) : coverage.open();
            rules.take(coverage, scan(asked, wanted, cue));
        }
        if (!coverage.isComplete()) {
            return "";
        }
        List<Map<String, Entry>> all = new ArrayList<>();
        for (int segment = 0; segment < SEGMENTS; segment++) {
            all.add(owners.get(segment).getFirst().segment(segment));
        }
        if (!copiesAgree()) {
            return "";
        }
        Recall expected = merged(cue, List.of(share(all, cue)));
        Recall found = merged(
                cue,
                coverage.answers().stream()
                        .map(answer -> answer.shares().getFirst())
                        .toList());
        return expected.equals(found) ? "" : "answer differs: expected %s, found %s".formatted(expected, found);
    }

    private boolean copiesAgree() {
        for (int segment = 0; segment < SEGMENTS; segment++) {
            for (Node owner : owners.get(segment)) {
                if (!owner.segment(segment)
                        .equals(owners.get(segment).getFirst().segment(segment))) {
                    return false;
                }
            }
        }
        return true;
    }

    private Nearest scan(Node node, BitSet wanted, Cue cue) {
        BitSet searched = new BitSet();
        List<Map<String, Entry>> contents = new ArrayList<>();
        for (int segment = wanted.nextSetBit(0); segment >= 0; segment = wanted.nextSetBit(segment + 1)) {
            if (!owners.get(segment).contains(node)) {
                continue;
            }
            // Now and then the segment goes to another while it is searched, and what is left here is nothing.
            boolean moved = owners.get(segment).size() > 1 && random.nextInt(6) == 0;
            if (moved && rules.looksAgainAfterTheScan()) {
                continue;
            }
            searched.set(segment);
            contents.add(moved ? Map.of() : node.segment(segment));
        }
        return new Nearest(searched.toByteArray(), List.of(share(contents, cue)));
    }

    private static Share share(List<Map<String, Entry>> contents, Cue cue) {
        List<Hit> hits = new ArrayList<>();
        int[] sketches = new int[G.pixels() + 1];
        for (Map<String, Entry> content : contents) {
            content.forEach((key, entry) -> {
                if (!entry.isForgotten()) {
                    BitSet differing = BitSet.valueOf(entry.bits());
                    differing.xor(cue.shown().toBitSet());
                    int deficit = differing.cardinality();
                    hits.add(new Hit(key, deficit, entry.bits()));
                    // In so small a picture the sketch is all of it.
                    sketches[deficit]++;
                }
            });
        }
        hits.sort(Hit.NEAREST_FIRST);
        // All of them: what was not sent would need a second round.
        return new Share(hits, Share.NONE, sketches);
    }

    private static Recall merged(Cue cue, List<Share> shares) {
        Merge merge = new Merge(cue, TWO);
        List<Share> some = new ArrayList<>(shares);
        Collections.reverse(some);
        some.forEach(merge::add);
        merge.rank();
        return merge.recall(Criteria.DEFAULT);
    }

    private static Pattern picture(int number) {
        Random die = new Random(number * 7919L);
        BitSet white = new BitSet();
        for (int j = 0; j < G.pixels(); j++) {
            white.set(j, die.nextBoolean());
        }
        return Pattern.twoValued(G, white);
    }
}
