package org.engram.tools.cluster;

import picocli.CommandLine.Command;

@Command(
        name = "join",
        description = {
            "Starts a member and lets it run: it begins a cluster, joins one that runs, or goes on with one that was stopped, "
                    + "when all its members are there.",
            "Says so when it has joined, and has its part of the patterns. Ctrl-C or TERM lets it leave in order: then the others "
                    + "copy what it had, and its files are offered when it joins again. To stop the whole cluster use engram "
                    + "cluster stop.",
            "Outside this machine all members need the same secret. Size, segments and copies are decided for the life of the "
                    + "cluster, and every member names the same. OPERATIONS.md has the rest.",
            "JSON fields: member, cluster, members (names), segments, owned (segments of this member), patterns."
        },
        exitCodeList = {
            "0:the cluster was stopped in order",
            "2:it could not join: another secret, size, number of segments or copies, a name, port or directory in use, members missing",
            "130:it was told to leave, and has left (143 for TERM)"
        },
        footer = {
            "  engram cluster join part1",
            "  engram cluster join part2 --address 127.0.0.1:7810 --hosts 127.0.0.1:7800",
            "  engram cluster join /data --address 10.0.0.1:7800 --hosts 10.0.0.2,10.0.0.3 --secret-file key"
        })
public final class JoinCommand extends MemberVerb {

    @Override
    boolean isRestore() {
        return false;
    }
}
