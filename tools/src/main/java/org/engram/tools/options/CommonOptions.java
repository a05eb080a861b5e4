package org.engram.tools.options;

import org.engram.tools.console.Console;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that every verb has, and the way from a verb to its {@link Console}. For {@code @Mixin} fields. */
@SuppressWarnings("UnusedVariable") // picocli fills the options in, and acts on them itself
public final class CommonOptions {

    /** What the verbs hang from. */
    @FunctionalInterface
    public interface Root {
        /**
         * Where its verbs write.
         *
         * @return the console of this run
         */
        Console console();
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--debug", description = "With an error, show where in the program it arose.")
    private boolean debug;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec verb;

    /** Made by picocli. */
    public CommonOptions() {}

    /**
     * Where the verb writes.
     *
     * @return the console of this run
     */
    public Console console() {
        return ((Root) verb.root().userObject()).console();
    }
}
