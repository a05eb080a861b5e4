package org.engram.tools.repair;

import com.google.zxing.common.BitMatrix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.engram.tools.qr.QrCodec;

/** The texts of stored symbols. Each is read when it is asked for. Safe for any number of threads. */
final class Texts {

    private final Symbols symbols;
    private final Map<Symbol, Optional<String>> known = new ConcurrentHashMap<>();

    Texts(Symbols symbols) {
        this.symbols = symbols;
    }

    /** A stored symbol that has this text: one of the likely ones if possible, otherwise the first of the store. */
    Optional<Symbol> find(String text, List<Symbol> likely) {
        return likely.stream()
                .filter(symbol -> has(symbol, text))
                .findFirst()
                .or(() -> symbols.all().stream()
                        .filter(symbol -> has(symbol, text))
                        .findFirst());
    }

    boolean has(Symbol symbol, String text) {
        return of(symbol).filter(text::equals).isPresent();
    }

    private Optional<String> of(Symbol symbol) {
        return known.computeIfAbsent(symbol, Texts::read);
    }

    private static Optional<String> read(Symbol symbol) {
        BitMatrix black = new BitMatrix(symbol.side());
        for (int module = 0; module < symbol.side() * symbol.side(); module++) {
            if (!symbol.isWhite(module)) {
                black.set(module % symbol.side(), module / symbol.side());
            }
        }
        return QrCodec.decode(black);
    }
}
