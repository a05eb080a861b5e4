package org.engram.tools.paper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.tools.qr.QrCodec;

/** The QR symbols of the paper's experiments: 298 texts of eight letters or kana, in the order they are learned. */
public final class PaperSymbols {

    private static final String RESOURCE = "symbols.tsv";

    private PaperSymbols() {}

    /** A symbol of eight characters that is stored under a letter, kana or pair of kana. */
    public record Symbol(int neuron, String key, String content, int mask) {

        /** Draws the symbol, black and white, 116 x 116 pixels. */
        public Pattern pattern() {
            return QrCodec.encode(content, Geometry.PAPER, mask);
        }
    }

    /** All symbols, that of neuron i at index i. */
    public static List<Symbol> all() {
        try (InputStream in = PaperSymbols.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("resource is missing from the jar: " + RESOURCE);
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(PaperSymbols::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Symbol parse(String line) {
        String[] fields = line.split("\t", -1);
        return new Symbol(Integer.parseInt(fields[0]), fields[1], fields[2], Integer.parseInt(fields[3]));
    }
}
