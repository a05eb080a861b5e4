package org.engram.tools.transfer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BiFunction;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.tools.image.ImageNotes;
import org.engram.tools.image.ImageSource;
import org.engram.tools.image.Picture;
import org.engram.tools.image.RawName;

final class ImageFolder implements Source {

    /** The path opens the file. The name and the key may write its bytes differently. */
    private record ImageFile(Path path, String name, String key) {}

    private final Path directory;
    private final Queue<ImageFile> files = new ArrayDeque<>();
    private final int total;
    private final Geometry geometry;
    private final BiFunction<Picture, String, Pattern> patterns;
    private final ImageNotes notes;

    ImageFolder(
            Path directory,
            boolean recursive,
            BiFunction<Picture, String, Pattern> patterns,
            Geometry geometry,
            ImageNotes notes) {
        this.directory = directory;
        this.geometry = geometry;
        this.patterns = patterns;
        this.notes = notes;
        list(ImageSource.files(directory, recursive ? Integer.MAX_VALUE : 1));
        if (files.isEmpty()) {
            throw Transfers.nothingIn(
                    directory.toString(), recursive ? "image files" : "image files in it (--recursive looks deeper)");
        }
        this.total = files.size();
    }

    /** Lists the files of the index first, in its order, and the others after them. */
    private void list(List<Path> found) {
        Map<String, Path> paths = new LinkedHashMap<>();
        List<ImageFile> sameName = new ArrayList<>();
        for (Path file : found) {
            String name = RawName.of(directory.relativize(file));
            if (!name.equals(KeyIndexFile.NAME) && paths.putIfAbsent(name, file) != null) {
                sameName.add(new ImageFile(file, name, ImageSource.keyOf(name)));
            }
        }
        Path index = directory.resolve(KeyIndexFile.NAME);
        KeyIndexFile.joined(Files.exists(index) ? KeyIndexFile.read(index) : Map.of(), paths.keySet())
                .forEach((name, key) ->
                        files.add(new ImageFile(paths.getOrDefault(name, directory.resolve(name)), name, key)));
        files.addAll(sameName);
    }

    @Override
    public Item next() {
        ImageFile file = files.poll();
        if (file == null) {
            return null;
        }
        String name = RawName.of(file.path());
        return new Item(name, file.key(), () -> {
            Picture picture = Picture.read(file.path(), geometry);
            return new Item.Decoded(patterns.apply(picture, name), () -> notes.add(name, picture));
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
