package org.engram.tools.cluster;

import java.util.List;
import org.engram.tools.options.FurtherVerbs;

/** Every verb of a cluster; the service file of this jar names this class. */
public final class ClusterVerbs implements FurtherVerbs {

    static final List<Class<?>> VERBS = List.of(
            JoinCommand.class,
            StatusCommand.class,
            RecallCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            StopCommand.class,
            RestoreCommand.class);

    @Override
    public String of() {
        return "cluster";
    }

    @Override
    public List<Class<?>> all() {
        Logs.silence();
        return VERBS;
    }
}
