package org.engram.tools.cluster;

import java.nio.file.Path;
import org.engram.tools.console.Failure;
import org.engram.tools.transfer.ImportVerb;
import org.engram.tools.transfer.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "Stores all patterns of a source in a cluster, each under a key: of a directory or zip of images, a csv or tsv of keys "
                    + "and texts, an npy or npz, or a store, as engram import takes them.",
            "Each pattern is stored when all owners of its key have it in their journals. Running the same import again goes on "
                    + "after an interrupt or a failure: keys in use for the same pattern are passed over. An item that cannot be "
                    + "stored is skipped with a line that says why. A cluster holds black and white patterns only.",
            "JSON fields: stored (replaced ones too), replaced, passedOver, skipped, skippedItems (the first 10,000: name, "
                    + "reason), neurons (patterns in the cluster), seconds, rate (patterns a second)."
        },
        exitCodeList = "2:something was skipped; or no cluster runs there, or the source cannot be opened or read",
        footer = {
            "  engram cluster import signs",
            "  engram cluster import photos.zip --hosts 10.0.0.1,10.0.0.2 --secret-file key",
            "  engram cluster import texts.csv --strict"
        })
public final class ImportCommand extends ImportVerb {

    @Parameters(index = "0", paramLabel = "SOURCE", description = "What to import; - is standard input.")
    private Path source;

    @Mixin
    private ContactOptions.OfGuest contact;

    @Override
    protected Path source() {
        return source;
    }

    @Override
    protected void requireOther() {
        if (levels().isGrey()) {
            throw AskedCluster.noGreys();
        }
    }

    @Override
    protected String into() {
        return "cluster";
    }

    @Override
    protected Target openTarget() {
        return new ToCluster(Visit.begin(contact.options()));
    }
}
