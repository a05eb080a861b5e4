package org.engram.tools;

import org.engram.tools.console.Failure;
import org.engram.tools.options.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The word before the verbs of a cluster. These are in a jar of their own, so that this jar stays small and quick. */
@Command(
        name = "cluster",
        synopsisSubcommandLabel = "VERB ...",
        description = {
            "One store over many machines: joins a member to it, looks at it, asks and fills it, and stops it.",
            "The first member begins a cluster. Each listens at one address and port, and that port + 1000, and keeps its part "
                    + "of the patterns in a directory of its own. Outside this machine all need the same secret, 16 characters or "
                    + "more, in a file (--secret-file) or in the variable ENGRAM_SECRET, never on the command line.",
            "The other verbs come as guests: they own nothing, keep no files, and move nothing when they come or go."
        },
        commandListHeading = "%nVerbs:%n",
        footer = {
            "  engram cluster join part1 --address 127.0.0.1:7800",
            "  engram cluster join part2 --address 127.0.0.1:7810 --hosts 127.0.0.1:7800",
            "  engram cluster import photos.zip",
            "  engram cluster recall torn.png",
            "  engram cluster status",
            "  engram cluster stop"
        })
final class ClusterCommand extends Verb {

    @Spec
    private CommandSpec verb;

    @Override
    public Integer call() {
        if (verb.subcommands().isEmpty()) {
            throw Failure.cannotOpen(
                    "engram cluster is in a jar of its own: start it with tools/engram, or with java -jar "
                            + "engram-cluster.jar");
        }
        throw new ParameterException(verb.commandLine(), "no verb given");
    }
}
