package org.engram.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.engram.store.Diagnosis;
import org.infinispan.remoting.transport.Address;

/**
 * Makes the owners of each segment equal, once. An owner that died before the others does not have all that they have.
 * So each owner compares its segments with every other owner, and gives it the entries of higher generation.
 */
final class Reconciling {

    private static final long AGAIN_MS = 100;
    private static final long CALL_LIMIT_NS = TimeUnit.SECONDS.toNanos(20);

    private final Member member;
    private final long deadline;

    Reconciling(Member member, long deadline) {
        this.member = member;
        this.deadline = deadline;
    }

    /**
     * The engine gives the cache out before the last owner has come. Until then it has no table, and says that each member
     * is the only owner of everything: nobody would be compared with.
     */
    void awaitTable() {
        while (!member.hasTable()) {
            if (System.nanoTime() > deadline) {
                throw new ClusterException(Diagnosis.of("cluster did not start, since a member went meanwhile")
                        .remedy("start all members again"));
            }
            Pause.ms(AGAIN_MS);
        }
    }

    void run() {
        member.ownSegments().stream().forEach(segment -> {
            for (Address other : member.otherOwners(segment)) {
                give(segment, other);
            }
        });
    }

    private void give(int segment, Address other) {
        List<String> mine = member.names(segment);
        Content theirs = content(other, new AskContent(segment, Content.sum(mine)));
        if (theirs.same()) {
            return;
        }
        Map<String, Long> held = new HashMap<>();
        theirs.names().stream().map(Name::parse).forEach(name -> held.put(name.key(), name.generation()));
        for (String one : mine) {
            Name name = Name.parse(one);
            if (name.generation() > held.getOrDefault(name.key(), 0L)) {
                member.spread(name.key());
            }
        }
    }

    /**
     * Asks the other owner again and again, since it may not have started yet. One that has died is no owner any more, and
     * lacks nothing.
     */
    private Content content(Address other, AskContent question) {
        while (member.otherOwners(question.segment()).contains(other)) {
            CompletableFuture<Content> answer = new CompletableFuture<>();
            member.call(other, question, CALL_LIMIT_NS, answer::complete);
            Content content = answer.join();
            if (content != null) {
                return content;
            }
            if (System.nanoTime() > deadline) {
                throw new ClusterException(Diagnosis.of("owners could not compare what they have")
                        .expected("an answer of " + other, "none")
                        .remedy("start all members again"));
            }
            Pause.ms(AGAIN_MS);
        }
        return Content.SAME;
    }
}
