package org.engram.tools.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.engram.tools.console.Failure;
import org.engram.tools.image.ImageSource;

/** The index among exported images. It tells the key of each file, and the order of the files. */
final class KeyIndexFile {

    static final String NAME = "keys.tsv";
    static final List<String> COLUMNS = List.of("file", "key");

    private KeyIndexFile() {}

    static Map<String, String> read(Path index) {
        try (InputStream in = Files.newInputStream(index)) {
            return read(index.toString(), in);
        } catch (IOException e) {
            throw Transfers.cannotRead(index.toString(), e);
        }
    }

    /**
     * The key of each file, in the order of the index. Fails if this is no index, or if it names a file outside its
     * directory.
     */
    static Map<String, String> read(String name, InputStream in) {
        Map<String, String> keys = new LinkedHashMap<>();
        try (TableReader table = TableGuess.reader(name, in, '\t')) {
            TableReader.Row row = table.next();
            if (row == null || !row.fields().equals(COLUMNS)) {
                throw Failure.cannotOpen(
                        "%s: line 1: expected the columns file and key, found others; rename it, or mend it"
                                .formatted(name));
            }
            for (row = table.next(); row != null; row = table.next()) {
                String fault = fault(row);
                if (fault.isEmpty()
                        && keys.put(row.fields().get(0), row.fields().get(1)) != null) {
                    fault = "its file came before";
                }
                if (!fault.isEmpty()) {
                    throw Failure.cannotOpen("%s: line %d: %s".formatted(name, row.line(), fault));
                }
            }
        } catch (IOException e) {
            throw Transfers.cannotRead(name, e);
        }
        return keys;
    }

    /**
     * The key of each file that is listed or in an index. A file system or another program may have composed or
     * decomposed the characters of a name. Then the file with the other form of the name is meant.
     */
    static Map<String, String> joined(Map<String, String> index, Collection<String> listed) {
        Set<String> there = new HashSet<>(listed);
        Map<String, String> forms = new HashMap<>();
        there.stream().filter(name -> !index.containsKey(name)).forEach(name -> forms.put(composed(name), name));
        Map<String, String> keys = new LinkedHashMap<>();
        index.forEach(
                (name, key) -> keys.put(there.contains(name) ? name : forms.getOrDefault(composed(name), name), key));
        listed.forEach(name -> keys.putIfAbsent(name, ImageSource.keyOf(name)));
        return keys;
    }

    private static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    private static String fault(TableReader.Row row) {
        if (!row.fault().isEmpty()) {
            return row.fault();
        }
        if (row.fields().size() != COLUMNS.size()) {
            return "expected 2 columns, found " + row.fields().size();
        }
        String file = row.fields().get(0);
        boolean inside = !file.isEmpty()
                && file.indexOf('\0') < 0
                && !file.startsWith("/")
                && List.of(file.split("/")).stream().noneMatch(List.of("", ".", "..")::contains);
        return inside ? "" : "expected the name of a file in the directory, found " + file;
    }
}
