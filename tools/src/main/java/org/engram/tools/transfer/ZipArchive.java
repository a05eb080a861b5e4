package org.engram.tools.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.engram.tools.console.Failure;
import org.engram.tools.image.RawName;

/** The files in a zip file, whatever program packed it. One that is damaged spoils no other. Safe for many threads. */
final class ZipArchive implements AutoCloseable {

    /** Those that need no library beside the one that reads zip files. */
    private static final Set<ZipMethod> METHODS = Set.of(
            ZipMethod.STORED,
            ZipMethod.UNSHRINKING,
            ZipMethod.IMPLODING,
            ZipMethod.DEFLATED,
            ZipMethod.ENHANCED_DEFLATED,
            ZipMethod.BZIP2);

    /** What names are in unless they say otherwise, by the standard; a slim Java may not have it. */
    private static final Charset USUAL =
            Charset.isSupported("IBM437") ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1;

    /** A file with its name, of which the parts have slashes between. */
    record Packed(String name, ZipArchiveEntry entry) {}

    private final Path path;
    private final ZipFile zip;
    private final Charset charset;

    /** The charset is that of names that do not tell theirs; null to find out. */
    ZipArchive(Path path, Charset charset) {
        this.path = path;
        this.charset = charset;
        try {
            this.zip = ZipFile.builder()
                    .setPath(path)
                    .setCharset(StandardCharsets.ISO_8859_1)
                    .setUseUnicodeExtraFields(false)
                    .setIgnoreLocalFileHeader(true)
                    .get();
        } catch (ZipException | RuntimeException e) {
            throw Failure.cannotOpen(
                    "cannot read the zip file %s: %s; pack it again".formatted(path, e.getMessage()), e);
        } catch (IOException e) {
            throw Transfers.cannotRead(path.toString(), e);
        }
    }

    /** Without directories, in their order. */
    List<Packed> files() {
        return Collections.list(zip.getEntries()).stream()
                .map(entry -> new Packed(name(entry), entry))
                .filter(file -> !file.name().endsWith("/"))
                .toList();
    }

    private String name(ZipArchiveEntry entry) {
        byte[] raw = entry.getRawName();
        String name;
        if (entry.getGeneralPurposeBit().usesUTF8ForNames()) {
            name = RawName.of(raw);
        } else if (entry.getExtraField(UnicodePathExtraField.UPATH_ID) instanceof UnicodePathExtraField unicode
                && unicode.getUnicodeName() != null
                && unicode.getNameCRC32() == crc(raw)) {
            name = RawName.of(unicode.getUnicodeName());
        } else if (charset != null) {
            name = new String(raw, charset);
        } else {
            String utf8 = new String(raw, StandardCharsets.UTF_8);
            // Programs of Unix write UTF-8 and do not say so; hardly any other text is valid UTF-8 by chance.
            name = Arrays.equals(utf8.getBytes(StandardCharsets.UTF_8), raw) ? utf8 : new String(raw, USUAL);
        }
        return name.replace('\\', '/'); // some programs of Windows write their own separator
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    /** The content of a file. */
    InputStream open(Packed file) throws IOException {
        ZipArchiveEntry entry = file.entry();
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw new IOException("it is encrypted; unpack it first");
        }
        ZipMethod method = ZipMethod.getMethodByCode(entry.getMethod());
        if (method == null || !METHODS.contains(method)) {
            throw new IOException("it is packed by method %d, which is not known here; pack it by another"
                    .formatted(entry.getMethod()));
        }
        InputStream in;
        // To find where a file begins, the library moves the position of the channel, which all threads share.
        synchronized (zip) {
            in = zip.getInputStream(entry);
        }
        if (in == null) {
            throw new IOException("it is not where the zip file tells; pack it again");
        }
        return in;
    }

    /** At most so many bytes of a file. One that tells more is not unpacked; what it tells is not believed either. */
    byte[] unpacked(Packed file, int most) throws IOException {
        long told = file.entry().getSize();
        requireAtMost(most, told);
        if (told > Runtime.getRuntime().maxMemory() / 2) {
            throw tooLargeForMemory(null);
        }
        byte[] bytes;
        try (InputStream in = open(file)) {
            bytes = in.readNBytes(most + 1);
        } catch (RuntimeException e) {
            throw new IOException("it cannot be unpacked: %s; pack it again".formatted(e.getMessage()), e);
        } catch (OutOfMemoryError e) {
            throw tooLargeForMemory(e);
        }
        requireAtMost(most, bytes.length);
        if (crc(bytes) != file.entry().getCrc()) {
            throw new IOException("its checksum is another than the zip file tells; pack it again");
        }
        return bytes;
    }

    private static void requireAtMost(int most, long bytes) throws IOException {
        if (bytes > most) {
            throw new IOException(
                    "expected at most %,d bytes unpacked, found more; scale the image down".formatted(most));
        }
    }

    private static IOException tooLargeForMemory(Throwable e) {
        return new IOException("it is too large for the memory of this Java; scale the image down, or raise -Xmx", e);
    }

    String name(Packed file) {
        return path + ": " + file.name();
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw Transfers.cannotRead(path.toString(), e);
        }
    }
}
