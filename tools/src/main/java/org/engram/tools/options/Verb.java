package org.engram.tools.options;

import java.util.concurrent.Callable;
import org.engram.tools.console.Console;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Every verb has two options, which stand last in its help, and a console. */
@SuppressWarnings("UnusedVariable") // picocli fills the options in, and acts on them itself
public abstract class Verb implements Callable<Integer> {

    /** The command above all verbs. */
    @FunctionalInterface
    public interface Root {
        Console console();
    }

    @Option(
            names = {"-h", "--help"},
            order = 1,
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--debug", order = 2, description = "With an error, show where in the program it arose.")
    private boolean debug;

    @Spec
    private CommandSpec verb;

    /** The console to which the verb writes. */
    protected final Console console() {
        return ((Root) verb.root().userObject()).console();
    }
}
