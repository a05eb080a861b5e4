package org.engram.tools;

import java.util.concurrent.Callable;
import org.engram.tools.console.ExitCode;
import org.engram.tools.options.Choice;
import org.engram.tools.options.CommonOptions;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram completion}. */
@Command(
        name = "completion",
        description = {
            "Writes a script that lets a shell complete engram: verbs, options, their values, and files. It holds for a command"
                    + " of the name engram, found along PATH.",
            "Write it into a file once, and source that file in ~/.bashrc, or in ~/.zshrc below compinit."
        },
        footer = {
            "  engram completion bash > ~/.engram-completion     then: source ~/.engram-completion",
            "  engram completion zsh > ~/.engram-completion"
        })
final class CompletionCommand implements Callable<Integer> {

    /** A shell that completes. */
    enum Shell {
        BASH,
        ZSH
    }

    @SuppressWarnings("serial")
    static final class Shells extends Choice.Words {
        Shells() {
            super(Shell.class);
        }
    }

    @Parameters(paramLabel = "SHELL", completionCandidates = Shells.class, description = "bash or zsh.")
    private String shell;

    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec verb;

    @Override
    public Integer call() {
        Choice.of("the shell", Shell.class, shell);
        // one script is for both shells
        AutoComplete.bash("engram", verb.root().commandLine()).lines().forEach(common.console()::line);
        return ExitCode.FINE;
    }
}
