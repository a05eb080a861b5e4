package org.engram.tools.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.engram.cluster.ClusterException;
import org.engram.cluster.ClusterOptions;
import org.engram.cluster.ClusteredStore;
import org.engram.cluster.MemberState;
import org.engram.store.Criteria;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Interruption;
import org.engram.tools.console.Text;
import org.engram.tools.options.CriteriaOptions;
import org.engram.tools.options.JsonVerb;
import org.engram.tools.options.PictureSize;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A process that is a member until it is told to leave, or the cluster is stopped. */
abstract class MemberVerb extends JsonVerb {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    @Parameters(paramLabel = "DIR", description = "Where this member keeps its files; made when it is not there.")
    private Path directory;

    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:7800",
            description = "Where this member listens, at that port and the one 1000 higher (${DEFAULT-VALUE}).")
    private String address;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The name of this member, which no other may have, and which it keeps when its address changes (its "
                    + "address).")
    private String name;

    @Mixin
    private ContactOptions.OfMember contact;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Pixels of every pattern across and down, for the life of the cluster (116x116).")
    private String size;

    @Option(
            names = "--segments",
            paramLabel = "N",
            defaultValue = "256",
            description = "How many parts the store has, for the life of the cluster (${DEFAULT-VALUE}).")
    private int segments;

    @Option(
            names = "--copies",
            paramLabel = "N",
            defaultValue = "2",
            description = "How many members keep each pattern, for the life of the cluster (${DEFAULT-VALUE}).")
    private int copies;

    @Mixin
    private CriteriaOptions criteriaOptions;

    /** Whether to start without the members that are missing. */
    abstract boolean isRestore();

    @Override
    public final Integer call() {
        ClusterOptions options = options();
        try (Interruption interruption = Interruption.begin()) {
            ClusteredStore store = joined(options, interruption);
            try {
                tell(store, options);
                while (!store.isClosed()) {
                    interruption.pause(LOOK_AGAIN);
                }
                console().note("the cluster was stopped in order; start all members to go on");
                return ExitCode.FINE;
            } catch (Interruption.Interrupted e) {
                store.close();
                console().note("%s has left; the others copy what it had".formatted(options.name()));
                throw e;
            }
        }
    }

    private ClusterOptions options() {
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("\\d{1,5}")) {
            throw Failure.usage("--address: expected HOST:PORT such as 127.0.0.1:7800, found " + address);
        }
        int port = Integer.parseInt(address.substring(colon + 1));
        ClusterOptions contacts = contact.options();
        return Failure.argument(() -> contacts.withName(name == null ? address : name)
                .at(address.substring(0, colon), port)
                .withGeometry(PictureSize.of(size))
                .withSegments(segments, copies)
                .withCriteria(criteriaOptions.over(Criteria.DEFAULT))
                .withRestore(isRestore()));
    }

    /** Joins. A process that is told to end meanwhile ends: its files are whole at any moment. */
    private ClusteredStore joined(ClusterOptions options, Interruption interruption) {
        CompletableFuture<ClusteredStore> joining = CompletableFuture.supplyAsync(
                () -> ClusteredStore.join(directory, options),
                work -> Thread.ofPlatform().daemon().name("engram-join").start(work));
        while (!joining.isDone()) {
            interruption.pause(LOOK_AGAIN);
        }
        try {
            return joining.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ClusterException refused) {
                throw Failure.cannotOpen(refused.getMessage(), refused);
            }
            if (e.getCause() instanceof RuntimeException other) {
                throw other;
            }
            throw e;
        }
    }

    private void tell(ClusteredStore store, ClusterOptions options) {
        List<MemberState> states = store.states();
        MemberState own = states.stream()
                .filter(state -> state.name().equals(options.name()))
                .findFirst()
                .orElseThrow(() -> Failure.cannotOpen("this member left the cluster at once; start it again"));
        long patterns = states.stream().mapToLong(MemberState::live).sum();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("member", options.name());
        json.put("cluster", options.cluster());
        json.put("members", states.stream().map(MemberState::name).toList());
        json.put("segments", options.segments());
        json.put("owned", own.owned());
        json.put("patterns", patterns);
        answer(json, () -> {
            console()
                    .line("%s has joined cluster %s: %s of %s segments, %s, %s"
                            .formatted(
                                    Text.escape(options.name()),
                                    Text.escape(options.cluster()),
                                    Text.count(own.owned()),
                                    Text.count(options.segments()),
                                    Text.count(patterns, "pattern"),
                                    Text.count(states.size(), "member")));
            console().line("Ctrl-C or TERM lets it leave in order; engram cluster stop stops all members");
        });
        console().flush();
    }
}
