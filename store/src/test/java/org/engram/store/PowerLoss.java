package org.engram.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What may be on a medium after the power went at some point of a {@link RecordingMedium}'s log.
 *
 * <p>Of a file, all before its last force is there. A write that came later is cut at multiples of 8, 64, 512 or 4,096
 * bytes, and each piece of it, by itself, is there or not, or holds zeros or garbage; so a crash in the middle of a write is
 * among them. The length is the old one, the new one or one between. Garbage is noise, ones, or a stale piece of another
 * write to another place. Nothing outside a write is touched, as the format assumes.
 *
 * <p>Of a directory, all names before its last force are there. Creations, renames and removals that came later are done up
 * to some point, as ext4 and xfs do in their journals, or each by itself, which is all that POSIX promises: there the name
 * of a new file may be lost though the file was forced, which ext4 and xfs do not do. A rename is done or not.
 */
final class PowerLoss {

    private static final int[] PIECES = {8, 64, 512, 4096};

    private final Map<Integer, Content> contents = new HashMap<>();
    private final Folder root = new Folder();
    private final List<RecordingMedium.Write> writes = new ArrayList<>();
    private final SplittableRandom random;
    private final int piece;
    /** That of all files, or of one in two. */
    private final Mood common;

    private final boolean same;
    /** Whether files are cut, where that was not forced. */
    private final boolean cutsToo;

    private PowerLoss(SplittableRandom random) {
        this.random = random;
        this.piece = PIECES[random.nextInt(PIECES.length)];
        this.common = anyMood();
        this.same = random.nextBoolean();
        this.cutsToo = random.nextBoolean();
    }

    /** What is left of an image and what was done to it, when the power goes after so many entries of the log. */
    static DiskImage strike(DiskImage before, List<RecordingMedium.Entry> log, int crash, SplittableRandom random) {
        PowerLoss loss = new PowerLoss(random);
        loss.start(before);
        log.subList(0, crash).forEach(loss::replay);
        DiskImage after = new DiskImage(new TreeMap<>(), new ArrayList<>());
        loss.collect(loss.root, Path.of(""), after);
        return after;
    }

    private void start(DiskImage before) {
        for (Path directory : before.directories()) {
            folder(directory.getParent()).create(directory, new Folder());
        }
        before.files().forEach((path, bytes) -> {
            Content content = new Content(bytes);
            contents.put(contents.size(), content);
            folder(path.getParent()).create(path, content);
        });
        forceAll(root);
    }

    private void forceAll(Folder folder) {
        folder.force();
        for (Node node : folder.now.values()) {
            if (node instanceof Folder below) {
                forceAll(below);
            }
        }
    }

    private Folder folder(Path path) {
        Folder folder = root;
        if (path != null && !path.toString().isEmpty()) {
            for (Path name : path) {
                folder = (Folder) folder.now.get(name.toString());
            }
        }
        return folder;
    }

    private void replay(RecordingMedium.Entry entry) {
        switch (entry) {
            case RecordingMedium.Create create -> {
                Content content = new Content(new byte[0]);
                contents.put(create.file(), content);
                folder(create.path().getParent()).create(create.path(), content);
            }
            case RecordingMedium.Write write -> {
                contents.get(write.file()).since.add(write);
                writes.add(write);
            }
            case RecordingMedium.SetLength cut -> contents.get(cut.file()).since.add(cut);
            case RecordingMedium.Force force -> contents.get(force.file()).force();
            case RecordingMedium.Rename rename ->
                folder(rename.to().getParent()).rename(rename.from(), rename.to());
            case RecordingMedium.Delete delete ->
                folder(delete.path().getParent()).delete(delete.path());
            case RecordingMedium.CreateDirectory create ->
                folder(create.path().getParent()).create(create.path(), new Folder());
            case RecordingMedium.ForceDirectory force -> folder(force.path()).force();
            case RecordingMedium.Mark mark -> {
                // nothing to a medium
            }
        }
    }

    private void collect(Folder folder, Path path, DiskImage into) {
        folder.afterLoss().forEach((name, node) -> {
            Path below = path.resolve(name);
            switch (node) {
                case Folder inside -> {
                    into.directories().add(below);
                    collect(inside, below, into);
                }
                case Content content -> into.files().put(below, content.afterLoss());
            }
        });
    }

    private static int end(RecordingMedium.Write write) {
        return Math.toIntExact(write.position()) + write.bytes().length;
    }

    private sealed interface Node {}

    /** Names that are durable, and what was done to them since, on the way to those that a process sees. */
    private final class Folder implements Node {

        private final Map<String, Node> now = new TreeMap<>();
        private final Map<String, Node> durable = new TreeMap<>();
        private final List<Consumer<Map<String, Node>>> since = new ArrayList<>();

        void create(Path path, Node node) {
            change(names -> names.put(path.getFileName().toString(), node));
        }

        void rename(Path from, Path to) {
            Node node = now.get(from.getFileName().toString());
            change(names -> {
                names.remove(from.getFileName().toString());
                names.put(to.getFileName().toString(), node);
            });
        }

        void delete(Path path) {
            change(names -> names.remove(path.getFileName().toString()));
        }

        private void change(Consumer<Map<String, Node>> change) {
            change.accept(now);
            since.add(change);
        }

        void force() {
            durable.clear();
            durable.putAll(now);
            since.clear();
        }

        Map<String, Node> afterLoss() {
            Map<String, Node> names = new TreeMap<>(durable);
            boolean inOrder = random.nextBoolean();
            int done = random.nextBoolean() ? since.size() : random.nextInt(since.size() + 1);
            for (int i = 0; i < since.size(); i++) {
                if (inOrder ? i < done : random.nextBoolean()) {
                    since.get(i).accept(names);
                }
            }
            return names;
        }
    }

    /** How much of what was not forced is there, in hundredths. */
    private enum Mood {
        ALL(100, 0, 0),
        NONE(0, 100, 0),
        /** All but one write of a file, which is as {@link #MIXED}. */
        ONE_LOST(100, 0, 0),
        NEARLY_ALL(94, 2, 2),
        MOST(80, 6, 4),
        HALF(50, 50, 0),
        MIXED(25, 25, 25),
        ZEROS(10, 0, 90),
        GARBAGE(10, 0, 0);

        final int there;
        final int missing;
        final int zero;

        Mood(int there, int missing, int zero) {
            this.there = there;
            this.missing = missing;
            this.zero = zero;
        }
    }

    private static final Mood[] MOODS = Mood.values();

    private Mood anyMood() {
        return random.nextInt(4) == 0 ? Mood.ALL : MOODS[random.nextInt(MOODS.length)];
    }

    /** Bytes that are durable, and what was done to them since. */
    private final class Content implements Node {

        private final List<RecordingMedium.Entry> since = new ArrayList<>();
        private byte[] bytes;
        private int length;

        Content(byte[] bytes) {
            this.bytes = bytes.clone();
            this.length = bytes.length;
        }

        void force() {
            for (RecordingMedium.Entry entry : since) {
                if (entry instanceof RecordingMedium.Write write) {
                    bytes = withRoom(end(write));
                    System.arraycopy(write.bytes(), 0, bytes, (int) write.position(), write.bytes().length);
                    length = Math.max(length, end(write));
                } else if (entry instanceof RecordingMedium.SetLength cut) {
                    bytes = withRoom((int) cut.length());
                    Arrays.fill(bytes, Math.min(length, (int) cut.length()), bytes.length, (byte) 0);
                    length = (int) cut.length();
                }
            }
            since.clear();
        }

        private byte[] withRoom(int needed) {
            return needed <= bytes.length ? bytes : Arrays.copyOf(bytes, Math.max(needed, 2 * length));
        }

        byte[] afterLoss() {
            if (since.isEmpty()) {
                return Arrays.copyOf(bytes, length);
            }
            List<Integer> lengths = lengths();
            int longest = lengths.stream().mapToInt(Integer::intValue).max().orElseThrow();
            byte[] left = Arrays.copyOf(bytes, longest);
            Arrays.fill(left, length, longest, (byte) 0);
            Mood mood = same || random.nextBoolean() ? common : anyMood();
            int until = random.nextInt(3) == 0 ? random.nextInt(since.size()) : 0;
            int lost = mood == Mood.ONE_LOST ? random.nextInt(since.size()) : -1;
            int done = length;
            for (int i = 0; i < since.size(); i++) {
                boolean early = i < until;
                if (since.get(i) instanceof RecordingMedium.Write write) {
                    apply(write, i == lost ? Mood.MIXED : early ? Mood.ALL : mood, left);
                    done = Math.max(done, end(write));
                } else if (since.get(i) instanceof RecordingMedium.SetLength cut && (early || cutsToo)) {
                    Arrays.fill(left, Math.min(longest, (int) cut.length()), longest, (byte) 0);
                    done = (int) cut.length();
                }
            }
            return Arrays.copyOf(left, random.nextInt(4) > 0 ? done : anyLength(lengths));
        }

        /** The durable length and every one since. */
        private List<Integer> lengths() {
            List<Integer> lengths = new ArrayList<>(List.of(length));
            for (RecordingMedium.Entry entry : since) {
                int last = lengths.get(lengths.size() - 1);
                lengths.add(
                        entry instanceof RecordingMedium.Write write
                                ? Math.max(last, end(write))
                                : (int) ((RecordingMedium.SetLength) entry).length());
            }
            return lengths;
        }

        private int anyLength(List<Integer> lengths) {
            int first = lengths.get(0);
            int last = lengths.get(lengths.size() - 1);
            return switch (random.nextInt(3)) {
                case 0 -> first;
                case 1 -> lengths.get(random.nextInt(lengths.size()));
                default -> {
                    int low = Math.min(first, last);
                    int high = Math.max(first, last);
                    yield Math.clamp((low + random.nextInt(high - low + 1)) / piece * (long) piece, low, high);
                }
            };
        }

        private void apply(RecordingMedium.Write write, Mood mood, byte[] left) {
            int from = (int) write.position();
            int end = end(write);
            for (int at = from; at < end; ) {
                int next = Math.min(end, (at / piece + 1) * piece);
                int fate = random.nextInt(100);
                if (fate < mood.there) {
                    System.arraycopy(write.bytes(), at - from, left, at, next - at);
                } else if (fate >= mood.there + mood.missing + mood.zero) {
                    garble(write, left, at, next);
                } else if (fate >= mood.there + mood.missing) {
                    Arrays.fill(left, at, next, (byte) 0);
                }
                at = next;
            }
        }

        private void garble(RecordingMedium.Write write, byte[] left, int from, int end) {
            switch (random.nextInt(4)) {
                case 0 -> Arrays.fill(left, from, end, (byte) 0xFF);
                case 1, 2 -> {
                    RecordingMedium.Write other = writes.get(random.nextInt(writes.size()));
                    for (int i = 0; i < 4 && other.file() != write.file(); i++) {
                        other = writes.get(random.nextInt(writes.size()));
                    }
                    if (other.file() != write.file() || other.position() != write.position()) {
                        int length = Math.min(end - from, other.bytes().length);
                        System.arraycopy(other.bytes(), 0, left, from, length);
                    }
                }
                default -> {
                    for (int i = from; i < end; i++) {
                        left[i] = (byte) random.nextInt();
                    }
                }
            }
        }
    }
}
