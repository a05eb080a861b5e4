package org.engram.tools.transfer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.engram.store.Geometry;
import org.engram.tools.image.ImageNotes;
import org.engram.tools.image.ImageSource;
import org.engram.tools.image.Picture;

final class ImageFolder implements Source {

    private final Path directory;
    private final Queue<Map.Entry<String, String>> files;
    private final int total;
    private final Geometry geometry;
    private final boolean grey;
    private final ImageNotes notes;

    ImageFolder(Path directory, boolean recursive, boolean grey, Geometry geometry, ImageNotes notes) {
        this.directory = directory;
        this.geometry = geometry;
        this.grey = grey;
        this.notes = notes;
        Path index = directory.resolve(KeyIndexFile.NAME);
        List<String> names = ImageSource.files(directory, recursive ? Integer.MAX_VALUE : 1).stream()
                .map(file -> directory.relativize(file).toString())
                .filter(name -> !name.equals(KeyIndexFile.NAME))
                .toList();
        Map<String, String> keys =
                KeyIndexFile.joined(Files.exists(index) ? KeyIndexFile.read(index) : Map.of(), names);
        if (keys.isEmpty()) {
            throw Transfers.nothingIn(
                    directory.toString(), recursive ? "image files" : "image files in it (--recursive looks deeper)");
        }
        this.files = new ArrayDeque<>(keys.entrySet());
        this.total = files.size();
    }

    @Override
    public Item next() {
        Map.Entry<String, String> file = files.poll();
        if (file == null) {
            return null;
        }
        Path path = directory.resolve(file.getKey());
        return new Item(path.toString(), file.getValue(), () -> {
            Picture picture = Picture.read(path, geometry, grey);
            return new Item.Decoded(picture.pattern(), () -> notes.add(path.toString(), picture));
        });
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public boolean waitsInDecoding() {
        return true;
    }

    @Override
    public void close() {}
}
