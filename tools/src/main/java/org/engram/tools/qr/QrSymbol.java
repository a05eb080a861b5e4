package org.engram.tools.qr;

import com.google.zxing.ChecksumException;
import com.google.zxing.EncodeHintType;
import com.google.zxing.FormatException;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.DecoderResult;
import com.google.zxing.common.reedsolomon.GenericGF;
import com.google.zxing.common.reedsolomon.ReedSolomonEncoder;
import com.google.zxing.qrcode.decoder.Decoder;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.decoder.Version;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.jspecify.annotations.Nullable;

/** A symbol as it is printed: its form, and the data codewords, whatever segments they make. Immutable. */
public final class QrSymbol {

    private final QrForm form;
    private final byte[] data;

    QrSymbol(QrForm form, byte[] data) {
        this.form = form;
        this.data = data;
    }

    public QrForm form() {
        return form;
    }

    /** The text. The charset is for bytes for which the symbol names none; it may be null. */
    public QrText text(@Nullable Charset charset) {
        return QrSegments.text(data, form.version(), charset);
    }

    /**
     * Draws the symbol like {@link QrCodec#encode(String, Geometry)}, and refuses a symbol that does not fit in the
     * same way.
     */
    public Pattern draw(Geometry geometry) {
        return QrDrawing.draw(modules(), form.version(), geometry, "store it where patterns are larger");
    }

    /** Version and error correction of what was read, without a mask. */
    static QrForm form(DecoderResult read) {
        return form(ErrorCorrectionLevel.valueOf(read.getECLevel()), read.getRawBytes());
    }

    /**
     * The form, without a mask, of symbols with these data codewords. No two versions of a level have the same number
     * of them.
     */
    static QrForm form(ErrorCorrectionLevel level, byte[] data) {
        for (int number = 1; number <= QrForm.LARGEST_VERSION; number++) {
            Version version = Version.getVersionForNumber(number);
            int correction = version.getECBlocksForLevel(level).getTotalECCodewords();
            if (version.getTotalCodewords() - correction == data.length) {
                return new QrForm(number, level, -1);
            }
        }
        throw new IllegalArgumentException("no version has %d data codewords".formatted(data.length));
    }

    /** How many modules differ from a grid that was sampled, dark = set. */
    int differing(BitMatrix grid) {
        ByteMatrix modules = modules();
        int differing = 0;
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                differing += grid.get(x, y) == (modules.get(x, y) == 1) ? 0 : 1;
            }
        }
        return differing;
    }

    /**
     * All modules, dark = 1. ZXing draws only texts. So another text is drawn in the same form. Then the modules of all
     * bits in which the codewords of the two differ are turned over. The mask is the same for both.
     */
    ByteMatrix modules() {
        try {
            ByteMatrix modules = Encoder.encode(
                            "0",
                            form.level(),
                            Map.of(
                                    EncodeHintType.QR_VERSION,
                                    form.version(),
                                    EncodeHintType.QR_MASK_PATTERN,
                                    form.mask()))
                    .getMatrix();
            byte[] other = new Decoder().decode(dark(modules)).getRawBytes();
            byte[] difference = new byte[data.length];
            for (int i = 0; i < data.length; i++) {
                difference[i] = (byte) (data[i] ^ other[i]);
            }
            new QrPlacement(form.version()).turnOver(modules, codewords(difference));
            return modules;
        } catch (WriterException | ChecksumException | FormatException e) {
            throw new IllegalStateException(
                    e); // a digit fits into every form, and a symbol that was just drawn can be read
        }
    }

    private static boolean[][] dark(ByteMatrix modules) {
        boolean[][] dark = new boolean[modules.getHeight()][modules.getWidth()];
        for (int y = 0; y < dark.length; y++) {
            for (int x = 0; x < dark.length; x++) {
                dark[y][x] = modules.get(x, y) == 1;
            }
        }
        return dark;
    }

    /**
     * The bits of data and error correction in the order in which they are placed. The code is linear, so the error
     * correction of a difference is the difference of the error corrections.
     */
    private BitSet codewords(byte[] data) {
        Version.ECBlocks blocks = Version.getVersionForNumber(form.version()).getECBlocksForLevel(form.level());
        int correction = blocks.getECCodewordsPerBlock();
        int[][] all = new int[blocks.getNumBlocks()][];
        int block = 0;
        int from = 0;
        for (Version.ECB group : blocks.getECBlocks()) {
            for (int i = 0; i < group.getCount(); i++) {
                int[] codewords = new int[group.getDataCodewords() + correction];
                for (int k = 0; k < group.getDataCodewords(); k++) {
                    codewords[k] = data[from++] & 0xff;
                }
                new ReedSolomonEncoder(GenericGF.QR_CODE_FIELD_256).encode(codewords, correction);
                all[block++] = codewords;
            }
        }
        return interleaved(all, correction);
    }

    /**
     * The bits in the order of the symbol: the first data codeword of every block, then the second, and so on; then the
     * error correction in the same way.
     */
    private static BitSet interleaved(int[][] blocks, int correction) {
        BitSet bits = new BitSet();
        int bit = 0;
        int most = blocks[blocks.length - 1].length - correction;
        for (int k = 0; k < most + correction; k++) {
            for (int[] block : blocks) {
                int at = k < most ? k : block.length - correction + k - most;
                if (k >= most || k < block.length - correction) {
                    for (int shift = 7; shift >= 0; shift--) {
                        bits.set(bit++, (block[at] >> shift & 1) == 1);
                    }
                }
            }
        }
        return bits;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QrSymbol symbol && symbol.form.equals(form) && Arrays.equals(symbol.data, data);
    }

    @Override
    public int hashCode() {
        return 31 * form.hashCode() + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "V%d-%s, mask %d".formatted(form.version(), form.level(), form.mask());
    }
}
