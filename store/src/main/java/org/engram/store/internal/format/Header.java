package org.engram.store.internal.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.engram.store.Criteria;
import org.engram.store.Diagnosis;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.engram.store.LearningRule;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.medium.StoreFile;

/**
 * The {@code header} file: what a store is. Written once and never changed. Little-endian.
 *
 * <pre>
 *   0               4               8               12              16
 *   +---------------+---------------+---------------+---------------+
 * 0 | magic  89 45 4E 47 52 41 4D 1A| version (1)   | length (128)  |
 *   +---------------+---------------+-------+-------+---------------+
 * 16| width         | height        | layout        | steps         |
 *   +---------------+---------------+---------------+---------------+
 * 32| epsW          | epsV          | theta         | zero          |
 *   +---------------+---------------+---------------+---------------+
 * 48| UUID, most significant half   | UUID, least significant half  |
 *   +---------------+---------------+---------------+---------------+
 * 64| created, ms since 1970        | threshold     | contrast      |
 *   +---------------+---------------+---------------+---------------+
 * 80| disagreement  | agreement     | masks         | zeros         |
 *   +---------------+---------------+---------------+---------------+
 *...| zeros                                         | CRC32C of 0-123
 *   +---------------+---------------+---------------+---------------+ 128
 * </pre>
 */
public record Header(
        Layout layout,
        Geometry geometry,
        LearningRule rule,
        Criteria criteria,
        boolean masks,
        UUID uuid,
        Instant createdAt) {

    public static final int LENGTH = 128;
    /** The version of the format that this program reads and writes. */
    public static final int VERSION = 1;

    static final byte[] MAGIC = {(byte) 0x89, 'E', 'N', 'G', 'R', 'A', 'M', 0x1A};

    private static final int VERSION_OFFSET = MAGIC.length;
    private static final int LENGTH_OFFSET = VERSION_OFFSET + Integer.BYTES;
    private static final int WIDTH_OFFSET = LENGTH_OFFSET + Integer.BYTES;
    private static final int HEIGHT_OFFSET = WIDTH_OFFSET + Integer.BYTES;
    private static final int LAYOUT_OFFSET = HEIGHT_OFFSET + Integer.BYTES;
    private static final int STEPS_OFFSET = LAYOUT_OFFSET + Integer.BYTES;
    private static final int EPS_W_OFFSET = STEPS_OFFSET + Integer.BYTES;
    private static final int EPS_V_OFFSET = EPS_W_OFFSET + Float.BYTES;
    private static final int THETA_OFFSET = EPS_V_OFFSET + Float.BYTES;
    private static final int UUID_OFFSET = THETA_OFFSET + Float.BYTES + Integer.BYTES;
    private static final int CREATED_OFFSET = UUID_OFFSET + 2 * Long.BYTES;
    private static final int THRESHOLD_OFFSET = CREATED_OFFSET + Long.BYTES;
    private static final int CONTRAST_OFFSET = THRESHOLD_OFFSET + Float.BYTES;
    private static final int DISAGREEMENT_OFFSET = CONTRAST_OFFSET + Float.BYTES;
    private static final int AGREEMENT_OFFSET = DISAGREEMENT_OFFSET + Float.BYTES;
    private static final int MASKS_OFFSET = AGREEMENT_OFFSET + Float.BYTES;
    private static final int ZEROS_OFFSET = MASKS_OFFSET + Integer.BYTES;
    private static final int CRC_OFFSET = LENGTH - Integer.BYTES;

    /** The code of a layout is its place here. */
    private static final List<Layout> LAYOUTS = List.of(Layout.FULL, Layout.TIED, Layout.PACKED);

    private static final String PREPARED = StoreDirectory.HEADER + StoreDirectory.UNFINISHED;

    /** The header of a store without masks. */
    public Header(
            Layout layout, Geometry geometry, LearningRule rule, Criteria criteria, UUID uuid, Instant createdAt) {
        this(layout, geometry, rule, criteria, false, uuid, createdAt);
    }

    public List<Part> parts() {
        return Part.of(layout, masks);
    }

    /** The size of a neuron in all files but the journal. */
    public long bytesPerNeuron() {
        return Part.bytesPerNeuron(layout, masks, geometry);
    }

    /** The remedy for a damaged file of a part. */
    public String remedy(Part part) {
        return part.isBits() && layout != Layout.PACKED ? "engram rebuild derives it anew" : StoreFile.RESTORE;
    }

    /** The header of a new store made of the neurons of this store, with the current criteria. */
    public Header renewed(Layout other, Criteria judging) {
        return new Header(other, geometry, rule, judging, masks, UUID.randomUUID(), Instant.now());
    }

    public byte[] encode() {
        byte[] bytes = new byte[LENGTH];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(0, MAGIC);
        buffer.putInt(VERSION_OFFSET, VERSION);
        buffer.putInt(LENGTH_OFFSET, LENGTH);
        buffer.putInt(WIDTH_OFFSET, geometry.width());
        buffer.putInt(HEIGHT_OFFSET, geometry.height());
        buffer.putInt(LAYOUT_OFFSET, LAYOUTS.indexOf(layout));
        buffer.putInt(STEPS_OFFSET, rule.steps());
        buffer.putFloat(EPS_W_OFFSET, rule.epsW());
        buffer.putFloat(EPS_V_OFFSET, rule.epsV());
        buffer.putFloat(THETA_OFFSET, rule.theta());
        buffer.putLong(UUID_OFFSET, uuid.getMostSignificantBits());
        buffer.putLong(UUID_OFFSET + Long.BYTES, uuid.getLeastSignificantBits());
        buffer.putLong(CREATED_OFFSET, createdAt.toEpochMilli());
        buffer.putFloat(THRESHOLD_OFFSET, criteria.threshold());
        buffer.putFloat(CONTRAST_OFFSET, criteria.contrast());
        buffer.putFloat(DISAGREEMENT_OFFSET, criteria.disagreement());
        buffer.putFloat(AGREEMENT_OFFSET, criteria.agreement());
        buffer.putInt(MASKS_OFFSET, masks ? 1 : 0);
        buffer.putInt(CRC_OFFSET, crc(bytes));
        return bytes;
    }

    /** Writes the header of a new store. It is complete under another name first, so it is whole or not there. */
    public void write(StoreDirectory directory) {
        prepare(directory);
        try {
            directory.finish(StoreDirectory.HEADER);
        } catch (EngramException e) {
            directory.tryRemove(PREPARED);
            throw e;
        }
    }

    /** Writes the header durably under another name. Renaming it is left to the caller. */
    public void prepare(StoreDirectory directory) {
        StoreFile created = directory.create(PREPARED);
        try (StoreFile file = created) {
            file.write(0, encode(), LENGTH);
            file.force();
        } catch (EngramException e) {
            directory.tryRemove(PREPARED);
            throw e;
        }
    }

    public static Header read(Path directory) {
        return read(StoreDirectory.onDisk(directory));
    }

    public static Header read(StoreDirectory store) {
        Path directory = store.path();
        Path path = store.resolve(StoreDirectory.HEADER);
        requireDirectory(directory);
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new EngramException.NotAStore(Diagnosis.of("not a store")
                    .in(directory)
                    .expected("a file named header", "none")
                    .remedy("name the directory of a store, or create one"));
        }
        try (StoreFile file = store.open(StoreDirectory.HEADER, false)) {
            byte[] bytes = new byte[LENGTH + 1];
            int length = file.read(0, bytes, 0, bytes.length);
            return decode(path, bytes, length);
        }
    }

    private static EngramException noDirectory(Path path, String found) {
        return new EngramException.NotAStore(Diagnosis.of("not a store")
                .in(path)
                .expected("a directory", found)
                .remedy("name the directory of a store, or create one"));
    }

    /** Asks the system once for each fact: a directory that is moved away and back between two questions is neither a file
     * nor without permission. */
    private static void requireDirectory(Path directory) {
        try {
            if (!Files.readAttributes(directory, BasicFileAttributes.class).isDirectory()) {
                throw noDirectory(directory, "a file");
            }
        } catch (IOException e) {
            throw noDirectory(directory, "nothing");
        }
        try {
            directory.getFileSystem().provider().checkAccess(directory, AccessMode.EXECUTE);
        } catch (NoSuchFileException e) {
            throw noDirectory(directory, "nothing");
        } catch (IOException e) {
            throw new EngramException.IoFailure(
                    Diagnosis.of("cannot open")
                            .in(directory)
                            .found("no permission to read")
                            .remedy("change its permissions"),
                    e);
        }
    }

    /** Reads a header from an array that is longer than a header; {@code length} bytes of it were in the file. */
    public static Header decode(Path path, byte[] bytes, int length) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = Arrays.copyOf(bytes, MAGIC.length);
        if (length < MAGIC.length || !Arrays.equals(magic, MAGIC)) {
            throw new EngramException.NotAStore(Diagnosis.of("not a store")
                    .in(path, 0)
                    .expected("magic " + hex(MAGIC), hex(Arrays.copyOf(magic, Math.min(length, MAGIC.length))))
                    .remedy("name the directory of a store"));
        }
        int version = length < LENGTH_OFFSET ? VERSION : buffer.getInt(VERSION_OFFSET);
        boolean sound = length == LENGTH && buffer.getInt(CRC_OFFSET) == crc(bytes);
        // Only a newer format may have another length or checksum; within ours, a flipped version is plain damage.
        if (Integer.compareUnsigned(version, VERSION) > 0 && (sound || length != LENGTH)) {
            throw new EngramException.NewerFormat(Diagnosis.of("store has a newer format")
                    .in(path, VERSION_OFFSET)
                    .expected(VERSION, Integer.toUnsignedString(version))
                    .remedy("open it with a newer Engram"));
        }
        if (length != LENGTH) {
            throw corrupt(path, 0, LENGTH + " bytes", length > LENGTH ? "more" : String.valueOf(length));
        }
        if (!sound) {
            throw corrupt(
                    path, CRC_OFFSET, "CRC32C %08x".formatted(crc(bytes)), "%08x".formatted(buffer.getInt(CRC_OFFSET)));
        }
        return values(path, buffer);
    }

    /** Checks every value although the checksum matched: a hostile header may carry a valid one. */
    private static Header values(Path path, ByteBuffer buffer) {
        requireEqual(path, VERSION_OFFSET, VERSION, buffer.getInt(VERSION_OFFSET));
        requireEqual(path, LENGTH_OFFSET, LENGTH, buffer.getInt(LENGTH_OFFSET));
        requireEqual(path, UUID_OFFSET - Integer.BYTES, 0, buffer.getInt(UUID_OFFSET - Integer.BYTES));
        for (int at = ZEROS_OFFSET; at < CRC_OFFSET; at += Integer.BYTES) {
            requireEqual(path, at, 0, buffer.getInt(at));
        }
        int masks = buffer.getInt(MASKS_OFFSET);
        if (masks < 0 || masks > 1) {
            throw corrupt(path, MASKS_OFFSET, "0 or 1", String.valueOf(masks));
        }
        int layout = buffer.getInt(LAYOUT_OFFSET);
        if (layout < 0 || layout >= LAYOUTS.size()) {
            throw corrupt(path, LAYOUT_OFFSET, "layout 0, 1 or 2", String.valueOf(layout));
        }
        return new Header(
                LAYOUTS.get(layout),
                geometry(path, buffer),
                rule(path, buffer),
                criteria(path, buffer),
                masks == 1,
                new UUID(buffer.getLong(UUID_OFFSET), buffer.getLong(UUID_OFFSET + Long.BYTES)),
                Instant.ofEpochMilli(buffer.getLong(CREATED_OFFSET)));
    }

    private static Geometry geometry(Path path, ByteBuffer buffer) {
        int width = buffer.getInt(WIDTH_OFFSET);
        int height = buffer.getInt(HEIGHT_OFFSET);
        try {
            return new Geometry(width, height);
        } catch (IllegalArgumentException e) {
            throw corrupt(
                    path,
                    WIDTH_OFFSET,
                    "a geometry of 1 x 1 to %s x %s".formatted(Geometry.MAX_SIDE, Geometry.MAX_SIDE),
                    width + " x " + height);
        }
    }

    private static LearningRule rule(Path path, ByteBuffer buffer) {
        float epsW = buffer.getFloat(EPS_W_OFFSET);
        float epsV = buffer.getFloat(EPS_V_OFFSET);
        float theta = buffer.getFloat(THETA_OFFSET);
        int steps = buffer.getInt(STEPS_OFFSET);
        try {
            return new LearningRule(epsW, epsV, theta, steps);
        } catch (IllegalArgumentException e) {
            throw corrupt(
                    path,
                    STEPS_OFFSET,
                    "1 to %s steps, epsW, epsV and theta above 0, and epsW below 2 where there are more steps than one"
                            .formatted(LearningRule.MAX_STEPS),
                    "%s, %s, %s, %s".formatted(steps, epsW, epsV, theta));
        }
    }

    private static Criteria criteria(Path path, ByteBuffer buffer) {
        float threshold = buffer.getFloat(THRESHOLD_OFFSET);
        float contrast = buffer.getFloat(CONTRAST_OFFSET);
        float disagreement = buffer.getFloat(DISAGREEMENT_OFFSET);
        float agreement = buffer.getFloat(AGREEMENT_OFFSET);
        try {
            return new Criteria(threshold, contrast, disagreement, agreement);
        } catch (IllegalArgumentException e) {
            throw corrupt(
                    path,
                    THRESHOLD_OFFSET,
                    "criteria from 0 to 1",
                    "%s, %s, %s, %s".formatted(threshold, contrast, disagreement, agreement));
        }
    }

    private static void requireEqual(Path path, int offset, int expected, int found) {
        if (expected != found) {
            throw corrupt(path, offset, String.valueOf(expected), String.valueOf(found));
        }
    }

    private static EngramException corrupt(Path path, int offset, String expected, String found) {
        return new EngramException.Corrupt(Diagnosis.of("header is damaged")
                .in(path, offset)
                .expected(expected, found)
                .remedy("restore the header from a copy of this store, or run engram salvage"));
    }

    private static int crc(byte[] bytes) {
        return Checksum.of(bytes, CRC_OFFSET);
    }

    private static String hex(byte[] bytes) {
        return bytes.length == 0 ? "nothing" : HexFormat.ofDelimiter(" ").formatHex(bytes);
    }
}
