package org.engram.tools.fill;

import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.nio.file.Path;
import java.util.List;
import org.engram.store.Geometry;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Text;
import org.engram.tools.qr.QrCodec;
import org.engram.tools.qr.QrForm;
import org.engram.tools.qr.QrSize;
import org.engram.tools.transfer.TableTexts;

/** The QR symbols of texts that a store is to hold. The largest symbol tells the size. */
final class SymbolsToHold {

    private int symbols;
    private int largest;
    private String where = "";
    private int leftOut;
    private String firstLeftOut = "";

    private SymbolsToHold() {}

    /** Reads a table, and draws each text in these forms. Fails when it holds no text that can be drawn. */
    static SymbolsToHold of(Path table, List<QrForm> forms) {
        SymbolsToHold toHold = new SymbolsToHold();
        TableTexts.forEach(table, row -> forms.forEach(form -> toHold.add(row, form)));
        if (toHold.symbols == 0) {
            throw Failure.cannotOpen("no size can be chosen: %s: expected texts, found none%s"
                    .formatted(table, toHold.firstLeftOut.isEmpty() ? "" : "; " + toHold.firstLeftOut));
        }
        return toHold;
    }

    private void add(TableTexts.Text row, QrForm form) {
        if (!row.fault().isEmpty()) {
            leaveOut(row.fault());
            return;
        }
        try {
            int version = QrCodec.version(row.text(), form);
            symbols++;
            if (version > largest) {
                largest = version;
                where = row.where();
            }
        } catch (IllegalArgumentException e) {
            leaveOut(row.where() + ": " + e.getMessage());
        }
    }

    private void leaveOut(String reason) {
        firstLeftOut = leftOut++ == 0 ? reason : firstLeftOut;
    }

    Geometry geometry() {
        return new Geometry(QrSize.side(largest), QrSize.side(largest));
    }

    /** How many symbols cannot be drawn in any size. */
    int leftOut() {
        return leftOut;
    }

    String firstLeftOut() {
        return firstLeftOut;
    }

    /** The reason for this size, for people. */
    String reason() {
        return "the largest of %s, %s, is version %d: %d modules a side and 4 of white all around, a pixel each"
                .formatted(Text.count(symbols, "symbol"), Text.escape(where), largest, QrSize.modules(largest));
    }

    /** What patterns of a shape hold, for people. */
    static String capacity(Geometry geometry) {
        int version = QrSize.largestVersion(geometry);
        return version == 0
                ? "no QR symbols: the smallest needs %d x %d pixels".formatted(QrSize.side(1), QrSize.side(1))
                : "QR symbols of version 1%s, texts of up to %s with error correction M"
                        .formatted(
                                version == 1 ? "" : " to " + version,
                                Text.count(QrSize.bytes(version, ErrorCorrectionLevel.M), "byte"));
    }
}
