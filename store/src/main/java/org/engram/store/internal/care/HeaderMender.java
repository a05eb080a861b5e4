package org.engram.store.internal.care;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;

/** Reads a header of which one bit may have flipped: the checksum matches for only one correction. */
final class HeaderMender {

    private HeaderMender() {}

    /** Reads the header of a store and notes what was mended. It is an error if more than one bit is wrong. */
    static Header read(Path directory, List<Diagnosis> notes) {
        try {
            return Header.read(directory);
        } catch (EngramException.Corrupt | EngramException.NotAStore e) {
            if (!Files.isRegularFile(directory.resolve(StoreDirectory.JOURNAL), LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            return mend(directory, notes);
        }
    }

    private static Header mend(Path directory, List<Diagnosis> notes) {
        Path path = directory.resolve(StoreDirectory.HEADER);
        byte[] bytes = new byte[Header.LENGTH + 1];
        int length = 0;
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            try (StoreFile file = StoreDirectory.onDisk(directory).open(StoreDirectory.HEADER, false)) {
                length = file.read(0, bytes, 0, bytes.length);
            }
        }
        for (int bit = 0; length == Header.LENGTH && bit < Header.LENGTH * Byte.SIZE; bit++) {
            int at = bit / Byte.SIZE;
            byte found = bytes[at];
            bytes[at] ^= (byte) (1 << bit % Byte.SIZE);
            try {
                Header header = Header.decode(path, bytes, length);
                notes.add(Diagnosis.of("header is damaged")
                        .in(path, at)
                        .expected("byte %02x".formatted(bytes[at]), "%02x".formatted(found))
                        .remedy("read as if that bit had not flipped"));
                return header;
            } catch (EngramException.Corrupt | EngramException.NotAStore | EngramException.NewerFormat e) {
                bytes[at] = found;
            }
        }
        throw new EngramException.Corrupt(Diagnosis.of("header is damaged")
                .in(path, 0)
                .expected(
                        "the %s bytes of a header, or all but one bit of them".formatted(Header.LENGTH),
                        length == 0
                                ? "none"
                                : length < Header.LENGTH
                                        ? length + " bytes"
                                        : length > Header.LENGTH ? "more" : "more than one wrong bit")
                .remedy("copy the file header from a copy of this store, as engram copy makes them: it never changes"));
    }
}
