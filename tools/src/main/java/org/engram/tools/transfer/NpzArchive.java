package org.engram.tools.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.engram.store.Geometry;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Text;

/** Finds the array of patterns in a .npz file, which is a zip file of arrays. */
final class NpzArchive {

    private static final String ENDING = ".npy";

    private NpzArchive() {}

    /**
     * The array of this name. If the name is null, it is the only array, or the only one whose shape fits. Nothing of a
     * damaged array is given.
     */
    static ReadableByteChannel open(Path path, String array, Geometry geometry) {
        ZipArchive zip = new ZipArchive(path, null);
        try {
            ZipArchive.Packed chosen = choose(path, zip, array, geometry);
            verify(zip, chosen);
            return new Member(Channels.newChannel(zip.open(chosen)), zip);
        } catch (IOException e) {
            zip.close();
            throw Transfers.cannotRead(path.toString(), e);
        } catch (RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static ZipArchive.Packed choose(Path path, ZipArchive zip, String array, Geometry geometry) {
        List<ZipArchive.Packed> arrays = zip.files().stream()
                .filter(file -> file.name().endsWith(ENDING))
                .toList();
        List<ZipArchive.Packed> fitting = arrays.stream()
                .filter(file -> array == null
                        ? arrays.size() == 1 || fits(zip, file, geometry)
                        : file.name().equals(array) || file.name().equals(array + ENDING))
                .toList();
        if (arrays.isEmpty()) {
            throw Transfers.nothingIn(path.toString(), "arrays");
        }
        if (fitting.size() != 1) {
            throw Failure.usage("%s holds %s: expected --array with one of %s, found %s"
                    .formatted(
                            path,
                            Text.count(arrays.size(), "array"),
                            arrays.stream()
                                    .map(file -> Text.escape(nameOf(file)))
                                    .collect(Collectors.joining(", ")),
                            array != null
                                    ? array
                                    : fitting.isEmpty() ? "none that fits the store" : "several that fit"));
        }
        return fitting.getFirst();
    }

    private static String nameOf(ZipArchive.Packed file) {
        return file.name().substring(0, file.name().length() - ENDING.length());
    }

    private static boolean fits(ZipArchive zip, ZipArchive.Packed file, Geometry geometry) {
        try (InputStream in = zip.open(file)) {
            NpyAxes.of(file.name(), NpyHeader.read(file.name(), in), geometry);
            return true;
        } catch (IOException | Failure doesNot) {
            return false;
        }
    }

    private static void verify(ZipArchive zip, ZipArchive.Packed file) throws IOException {
        CheckedInputStream in = new CheckedInputStream(zip.open(file), new CRC32());
        try (in) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        if (in.getChecksum().getValue() != file.entry().getCrc()) {
            throw new IOException(
                    "%s: its checksum is another than the zip file tells; save it again".formatted(file.name()));
        }
    }

    /** Closes the archive with the array. */
    private record Member(ReadableByteChannel in, ZipArchive zip) implements ReadableByteChannel {

        @Override
        public int read(ByteBuffer into) throws IOException {
            return in.read(into);
        }

        @Override
        public boolean isOpen() {
            return in.isOpen();
        }

        @Override
        public void close() throws IOException {
            try (zip) {
                in.close();
            }
        }
    }
}
