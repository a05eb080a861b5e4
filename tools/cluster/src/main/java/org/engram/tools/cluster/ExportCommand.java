package org.engram.tools.cluster;

import java.nio.file.Path;
import org.engram.tools.transfer.ExportVerb;
import org.engram.tools.transfer.Shelf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Writes the patterns of a cluster, in the order of their keys, for other programs or for import: a directory or zip of "
                    + "PNG, an npy, or a csv or tsv of texts, as engram export makes them.",
            "TARGET is there completely or not at all, and nothing is overwritten. What others change meanwhile is written as it was "
                    + "or as it is; a pattern that they forget ends the export.",
            "JSON fields: exported, leftOut (keys without a QR symbol), uncertain (keys of symbols left out because nobody knows "
                    + "their charset), redrawn (texts that import would draw as another pattern), rounded (0)."
        },
        exitCodeList = "2:patterns were left out; or no cluster runs there, a segment has no owner within reach, or TARGET cannot be written",
        footer = {
            "  engram cluster export pictures",
            "  engram cluster export signs.npy --hosts 10.0.0.1,10.0.0.2 --secret-file key",
            "  engram cluster export some.zip --filter 'road-*'"
        })
public final class ExportCommand extends ExportVerb {

    @Parameters(
            index = "0",
            paramLabel = "TARGET",
            description = "A file, or a directory that is empty or not there yet; - is standard output.")
    private Path target;

    @Mixin
    private ContactOptions.OfGuest contact;

    @Override
    protected Path target() {
        return target;
    }

    @Override
    protected Path store() {
        return null;
    }

    @Override
    protected String from() {
        return "cluster " + contact.cluster();
    }

    @Override
    protected Shelf open() {
        return new OfCluster(Visit.begin(contact.options()));
    }
}
