package org.engram.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The owners of all segments when nothing moved. A cluster starts from it again when all its members have died or
 * stopped. Every member writes it down whenever the table has settled. The newest table that is remembered counts,
 * since its owners had everything before it settled.
 *
 * @param lineage what was drawn when the cluster began for the first time; another cluster has another
 * @param life how often the cluster has been started from a table
 * @param topology which table of this life
 * @param members names of the owners by their lasting ids
 * @param owners the table as the engine writes it
 */
record OwnerTable(String lineage, long life, int topology, Map<String, String> members, Map<String, String> owners) {

    static final OwnerTable NONE = new OwnerTable("", 0, 0, Map.of(), Map.of());

    private static final String FILE = "owners";
    private static final String LINEAGE = "lineage";
    private static final String LIFE = "life";
    private static final String TOPOLOGY = "topology";
    private static final String MEMBER = "member ";
    private static final String OWNER = "owner ";
    private static final String END = "end";

    private static final Comparator<OwnerTable> BY_AGE =
            Comparator.comparingLong(OwnerTable::life).thenComparingInt(OwnerTable::topology);

    boolean isNone() {
        return members.isEmpty();
    }

    static OwnerTable newest(Collection<OwnerTable> remembered) {
        return remembered.stream().max(BY_AGE).orElse(NONE);
    }

    /** The names of its owners whose ids are not present. */
    List<String> missing(Set<String> present) {
        List<String> missing = new ArrayList<>();
        members.forEach((id, name) -> {
            if (!present.contains(id)) {
                missing.add(name);
            }
        });
        missing.sort(Comparator.naturalOrder());
        return missing;
    }

    Optional<String> idOf(String name) {
        return members.entrySet().stream()
                .filter(member -> member.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether a member is an owner of a segment. The id is the one that the engine uses. */
    boolean isOwner(String id, int segment) {
        String ofSegment = "segmentOwner." + segment + ".";
        return owners.entrySet().stream()
                .anyMatch(line ->
                        line.getKey().startsWith(ofSegment) && line.getValue().equals(id));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(LINEAGE).append('=').append(lineage).append('\n');
        text.append(LIFE).append('=').append(life).append('\n');
        text.append(TOPOLOGY).append('=').append(topology).append('\n');
        new TreeMap<>(members)
                .forEach((id, name) ->
                        text.append(MEMBER).append(id).append('=').append(name).append('\n'));
        new TreeMap<>(owners)
                .forEach((key, value) ->
                        text.append(OWNER).append(key).append('=').append(value).append('\n'));
        return text.append(END).append('\n').toString();
    }

    /** Reads a table from a text; none when the text is not whole. */
    static OwnerTable parse(String text) {
        if (!text.endsWith(END + "\n")) {
            return NONE;
        }
        String lineage = "";
        long life = 0;
        int topology = 0;
        Map<String, String> members = new TreeMap<>();
        Map<String, String> owners = new TreeMap<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals < 0) {
                continue;
            }
            String key = line.substring(0, equals);
            String value = line.substring(equals + 1);
            if (key.equals(LINEAGE)) {
                lineage = value;
            } else if (key.equals(LIFE)) {
                life = Long.parseLong(value);
            } else if (key.equals(TOPOLOGY)) {
                topology = Integer.parseInt(value);
            } else if (key.startsWith(MEMBER)) {
                members.put(key.substring(MEMBER.length()), value);
            } else if (key.startsWith(OWNER)) {
                owners.put(key.substring(OWNER.length()), value);
            }
        }
        return new OwnerTable(lineage, life, topology, members, owners);
    }

    static OwnerTable read(Path directory) {
        try {
            Path file = directory.resolve(FILE);
            return Files.exists(file) ? parse(Files.readString(file)) : NONE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path directory) {
        WholeFile.write(directory.resolve(FILE), text());
    }

    static void forget(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
