package org.engram.tools.transfer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.engram.store.Geometry;
import org.engram.tools.console.Failure;
import org.engram.tools.image.ImageNotes;
import org.engram.tools.image.Picture;

/** The images of a zip file. Nothing is unpacked to disk, and no entry to more than {@value #MAX_ENTRY_BYTES} bytes. */
final class ImageArchive implements Source {

    static final int MAX_ENTRY_BYTES = 64_000_000;

    private final Path path;
    private final ZipFile zip;
    private final Queue<Map.Entry<String, String>> entries = new ArrayDeque<>();
    private final Set<String> repeated = new HashSet<>();
    private final int total;
    private final Geometry geometry;
    private final boolean grey;
    private final ImageNotes notes;

    ImageArchive(Path path, boolean recursive, boolean grey, Geometry geometry, ImageNotes notes) {
        this.path = path;
        this.geometry = geometry;
        this.grey = grey;
        this.notes = notes;
        try {
            this.zip = new ZipFile(path.toFile());
        } catch (ZipException e) {
            String said = String.valueOf(e.getMessage());
            String reason = said.contains("encrypted") ? "it is encrypted; unpack it first" : said + "; pack it again";
            throw Failure.cannotOpen("cannot read the zip file %s: %s".formatted(path, reason));
        } catch (IOException e) {
            throw Transfers.cannotRead(path.toString(), e);
        }
        try {
            list(recursive);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        this.total = entries.size();
    }

    private void list(boolean recursive) {
        Set<String> seen = new HashSet<>();
        List<String> names = zip.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .filter(name -> !name.equals(KeyIndexFile.NAME) && !isHidden(name))
                .filter(name -> recursive || name.indexOf('/') < 0)
                .toList();
        for (String name : names) {
            if (!seen.add(name)) {
                repeated.add(name);
            }
        }
        Map<String, String> keys = KeyIndexFile.joined(index(), names);
        if (keys.isEmpty()) {
            throw Transfers.nothingIn(
                    path.toString(), recursive ? "images" : "images at its top (--recursive looks deeper)");
        }
        entries.addAll(keys.entrySet());
    }

    private Map<String, String> index() {
        ZipEntry index = zip.getEntry(KeyIndexFile.NAME);
        if (index == null) {
            return Map.of();
        }
        String name = name(KeyIndexFile.NAME);
        try (InputStream in = zip.getInputStream(index)) {
            return KeyIndexFile.read(name, in);
        } catch (IOException e) {
            throw Transfers.cannotRead(name, e);
        }
    }

    private static boolean isHidden(String name) {
        return name.startsWith("__MACOSX/")
                || Stream.of(name.split("/"))
                        .anyMatch(part -> part.startsWith(".") && !part.equals(".") && !part.equals(".."));
    }

    private String name(String entry) {
        return path + ": " + entry;
    }

    @Override
    public Item next() {
        Map.Entry<String, String> entry = entries.poll();
        return entry == null ? null : new Item(name(entry.getKey()), entry.getValue(), () -> decode(entry.getKey()));
    }

    private Item.Decoded decode(String entry) {
        String name = name(entry);
        if (repeated.contains(entry)) {
            throw Failure.cannotOpen(
                    "%s: the zip file has several entries of this name; pack it again".formatted(name));
        }
        try {
            Picture picture = Picture.read(new ByteArrayInputStream(unpacked(entry)), name, geometry, grey);
            return new Item.Decoded(picture.pattern(), () -> notes.add(name, picture));
        } catch (IOException e) {
            throw Transfers.cannotRead(name, e);
        }
    }

    /** Its size is not believed, and its checksum looked at, which Java does not. */
    private byte[] unpacked(String entry) throws IOException {
        ZipEntry found = zip.getEntry(entry);
        if (found == null) {
            throw new IOException("it is not in the zip file; pack it again");
        }
        byte[] bytes;
        try (InputStream in = zip.getInputStream(found)) {
            bytes = in.readNBytes(MAX_ENTRY_BYTES + 1);
        }
        if (bytes.length > MAX_ENTRY_BYTES) {
            throw new IOException(
                    "expected at most %,d bytes unpacked, found more; scale the image down".formatted(MAX_ENTRY_BYTES));
        }
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if (crc.getValue() != found.getCrc()) {
            throw new IOException("its checksum is another than the zip file tells; pack it again");
        }
        return bytes;
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
