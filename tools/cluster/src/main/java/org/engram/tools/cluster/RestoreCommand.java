package org.engram.tools.cluster;

import picocli.CommandLine.Command;

@Command(
        name = "restore",
        description = {
            "Starts a member of a cluster whose members do not all come back. It does what join does, but does not wait for missing "
                    + "members: all that are started so offer each other what their files hold.",
            "Start every member that is left with restore. Until all files are offered, recalls are incomplete and keys that are "
                    + "not found are refused; status says what waits. Patterns that only missing members have are not there "
                    + "until these join with their files.",
            "JSON fields: those of join."
        },
        exitCodeList = {
            "0:the cluster was stopped in order",
            "2:it could not join: another secret, size, number of segments or copies, a name, port or directory in use",
            "130:it was told to leave, and has left (143 for TERM)"
        },
        footer = {
            "  engram cluster restore part1",
            "  engram cluster restore part2 --address 127.0.0.1:7810 --hosts 127.0.0.1:7800"
        })
public final class RestoreCommand extends MemberVerb {

    @Override
    boolean isRestore() {
        return true;
    }
}
