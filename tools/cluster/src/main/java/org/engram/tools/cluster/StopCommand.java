package org.engram.tools.cluster;

import java.time.Duration;
import java.util.List;
import org.engram.cluster.ClusterGuest;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Text;
import org.engram.tools.options.JsonVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "stop",
        description = {
            "Stops all members in order: each refuses changes, makes its files durable and ends, or none does. Returns when they "
                    + "are gone.",
            "Start all of them with join to go on. To take one member out, end its process with Ctrl-C or TERM instead.",
            "JSON fields: stopped (names of the members)."
        },
        exitCodeList = "2:no cluster runs there; or segments move or a member could not make its files durable, and none has "
                + "stopped; or all are stopping, and not all were gone after 2 minutes",
        footer = {
            "  engram cluster stop",
            "  engram cluster stop --hosts 10.0.0.1,10.0.0.2 --secret-file key"
        })
public final class StopCommand extends JsonVerb {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Mixin
    private ContactOptions.OfGuest contact;

    @Override
    public Integer call() {
        try (Visit visit = Visit.begin(contact.options())) {
            List<String> members = visit.ask(ClusterGuest::members);
            visit.tell(guest -> guest.shutdownCluster(LIMIT));
            record Answer(List<String> stopped) {}
            answer(
                    new Answer(members),
                    "stopped %s in order: %s; start all of them to go on"
                            .formatted(
                                    Text.count(members.size(), "member"), Text.escape(String.join(", ", members))));
            return ExitCode.FINE;
        }
    }
}
