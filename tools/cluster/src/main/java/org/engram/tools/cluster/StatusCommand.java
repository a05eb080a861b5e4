package org.engram.tools.cluster;

import org.engram.tools.console.ExitCode;
import org.engram.tools.options.JsonVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        description = {
            "Shows the state of a cluster: its members, what each of them has, and what is wrong.",
            "The columns: first, the segments that a member is asked for first; owned, all that it has; patterns and graves, "
                    + "those of its first segments, so that each counts once; a grave keeps a forgotten pattern from coming back; "
                    + "aside, directories of old files that wait to be offered, whose bytes do not count.",
            "A member that is silent has not answered within 3 s: it is frozen, slow or about to be suspected. One that is "
                    + "unreachable belongs to the cluster and is not there.",
            "JSON fields: cluster, healthy, reasons (why it is not), segments, copies (of each), copiesShort (over all segments), "
                    + "lost (segments that no member within reach has), majority, awaited (members that may have in old files what "
                    + "nobody else has; of m1 or m2 one is enough), settled (a majority is there and nothing moves), patterns, members [name, state (ok, silent, unreachable); and "
                    + "of those that are ok: first, owned, patterns, graves, bytes, aside, failure (why its last change could "
                    + "not be written or its old files not offered, or null)]."
        },
        exitCodeList = {
            "0:healthy: all copies are there, every member answers, nothing waits",
            Code.CANNOT_REACH_HELP,
            "7:degraded: the cluster runs, and one of these is not so"
        },
        footer = {
            "  engram cluster status",
            "  engram cluster status --hosts 10.0.0.1,10.0.0.2 --secret-file key --json"
        })
public final class StatusCommand extends JsonVerb {

    @Mixin
    private ContactOptions.OfGuest contact;

    @Override
    public Integer call() {
        try (Visit visit = Visit.begin(contact.options())) {
            Status status = Status.of(contact.cluster(), visit);
            answer(status.json(), () -> status.print(console()));
            return status.reasons().isEmpty() ? ExitCode.FINE : Code.DEGRADED;
        }
    }
}
