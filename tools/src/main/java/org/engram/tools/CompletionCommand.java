package org.engram.tools;

import java.util.concurrent.Callable;
import org.engram.tools.console.Console;
import org.engram.tools.console.ExitCode;
import org.engram.tools.options.Choice;
import org.engram.tools.options.CommonOptions;
import picocli.AutoComplete;
import picocli.CommandLine;
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
            "Write it into a file once. bash and zsh: source that file in ~/.bashrc, or in ~/.zshrc below compinit. fish: write it"
                    + " into ~/.config/fish/completions/engram.fish."
        },
        footer = {
            "  engram completion bash > ~/.engram-completion     then: source ~/.engram-completion",
            "  engram completion zsh > ~/.engram-completion",
            "  engram completion fish > ~/.config/fish/completions/engram.fish"
        })
final class CompletionCommand implements Callable<Integer> {

    /** A shell that completes. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @SuppressWarnings("serial")
    static final class Shells extends Choice.Words {
        Shells() {
            super(Shell.class);
        }
    }

    @Parameters(paramLabel = "SHELL", completionCandidates = Shells.class, description = "bash, zsh or fish.")
    private String shell;

    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec verb;

    @Override
    public Integer call() {
        CommandLine engram = verb.root().commandLine();
        Console console = common.console();
        switch (Choice.of("the shell", Shell.class, shell)) {
            case BASH, ZSH -> AutoComplete.bash("engram", engram).lines().forEach(console::line);
            case FISH -> new FishCompletion(engram).lines().forEach(console::line);
        }
        return ExitCode.FINE;
    }
}
