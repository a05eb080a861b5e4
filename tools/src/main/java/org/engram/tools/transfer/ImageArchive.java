package org.engram.tools.transfer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.tools.console.Failure;
import org.engram.tools.image.ImageNotes;
import org.engram.tools.image.Picture;

/**
 * The images of a zip file. Nothing is unpacked to disk. No entry is unpacked to more than {@value #MAX_ENTRY_BYTES}
 * bytes.
 */
final class ImageArchive implements Source {

    static final int MAX_ENTRY_BYTES = 64_000_000;

    /** Names at the top of documents of office programs, which are zip files, too. */
    private static final Set<String> OF_DOCUMENTS = Set.of("[Content_Types].xml", "content.xml");

    private final Path path;
    private final ZipArchive zip;
    private final Map<String, ZipArchive.Packed> files = new LinkedHashMap<>();
    private final Queue<Map.Entry<String, String>> entries = new ArrayDeque<>();
    private final Set<String> repeated = new HashSet<>();
    private final int total;
    private final Geometry geometry;
    private final BiFunction<Picture, String, Pattern> patterns;
    private final ImageNotes notes;

    ImageArchive(
            Path path,
            Charset charset,
            boolean recursive,
            BiFunction<Picture, String, Pattern> patterns,
            Geometry geometry,
            ImageNotes notes) {
        this.path = path;
        this.geometry = geometry;
        this.patterns = patterns;
        this.notes = notes;
        this.zip = new ZipArchive(path, charset);
        try {
            list(recursive);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        this.total = entries.size();
    }

    private void list(boolean recursive) {
        for (ZipArchive.Packed file : zip.files()) {
            if (OF_DOCUMENTS.contains(file.name())) {
                throw Failure.cannotOpen(
                        "%s is a document of an office program: expected images in a zip file; save its table as csv"
                                .formatted(path));
            }
            if (files.putIfAbsent(file.name(), file) != null) {
                repeated.add(file.name());
            }
        }
        List<String> names = files.keySet().stream()
                .filter(name -> !name.equals(KeyIndexFile.NAME) && !isHidden(name))
                .filter(name -> recursive || name.indexOf('/') < 0)
                .toList();
        Map<String, String> keys = KeyIndexFile.joined(index(), names);
        if (keys.isEmpty()) {
            throw Transfers.nothingIn(
                    path.toString(), recursive ? "images" : "images at its top (--recursive looks deeper)");
        }
        entries.addAll(keys.entrySet());
    }

    private Map<String, String> index() {
        ZipArchive.Packed index = files.get(KeyIndexFile.NAME);
        if (index == null) {
            return Map.of();
        }
        try {
            return KeyIndexFile.read(zip.name(index), new ByteArrayInputStream(zip.unpacked(index, MAX_ENTRY_BYTES)));
        } catch (IOException e) {
            throw Transfers.cannotRead(zip.name(index), e);
        }
    }

    private static boolean isHidden(String name) {
        return name.startsWith("__MACOSX/")
                || Stream.of(name.split("/"))
                        .anyMatch(part -> part.startsWith(".") && !part.equals(".") && !part.equals(".."));
    }

    @Override
    public Item next() {
        Map.Entry<String, String> entry = entries.poll();
        return entry == null
                ? null
                : new Item(path + ": " + entry.getKey(), entry.getValue(), () -> decode(entry.getKey()));
    }

    private Item.Decoded decode(String entry) {
        String name = path + ": " + entry;
        if (repeated.contains(entry)) {
            throw Failure.cannotOpen(
                    "%s: the zip file has several entries of this name; pack it again".formatted(name));
        }
        try {
            ZipArchive.Packed file = files.get(entry);
            if (file == null) {
                throw new IOException("it is not in the zip file; pack it again");
            }
            byte[] bytes = zip.unpacked(file, MAX_ENTRY_BYTES);
            Picture picture = Picture.read(new ByteArrayInputStream(bytes), name, geometry);
            return new Item.Decoded(patterns.apply(picture, name), () -> notes.add(name, picture));
        } catch (IOException e) {
            throw Transfers.cannotRead(name, e);
        }
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public void close() {
        zip.close();
    }
}
