package org.engram.tools.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.engram.store.Geometry;
import org.engram.tools.console.Failure;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.options.SymbolOptions;

/** Reads the texts of a table, for verbs that need them before there is a store. */
public final class TableTexts {

    private TableTexts() {}

    /** Tells every text that import would draw, with where it stands, and what is wrong with the other rows. */
    public static void forEach(Path table, Consumer<Text> each) {
        TransferFormat kind = TransferFormat.ofSource(table, null);
        if (kind != TransferFormat.CSV && kind != TransferFormat.TSV) {
            throw Failure.usage("--for needs texts: expected a csv or tsv, found %s".formatted(table));
        }
        try (TableSource source = new TableSource(
                table.toString(),
                Files.newInputStream(table),
                ProgressLine.UNKNOWN,
                kind == TransferFormat.CSV ? ',' : '\t',
                new TableOptions(null, null, null),
                new SymbolOptions(),
                Geometry.PAPER,
                passedOver -> {})) {
            for (TableSource.Entry entry = source.entry(); entry != null; entry = source.entry()) {
                each.accept(new Text(entry.where(), entry.text(), entry.fault()));
            }
        } catch (IOException e) {
            throw Transfers.cannotRead(table.toString(), e);
        }
    }

    /** A text and its place, or what is wrong with the row and where (otherwise ""). */
    public record Text(String where, String text, String fault) {}
}
