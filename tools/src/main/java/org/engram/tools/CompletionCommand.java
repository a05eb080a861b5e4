package org.engram.tools;

import org.engram.tools.console.ExitCode;
import org.engram.tools.options.Verb;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = {
            "Writes a script that lets a shell complete engram: verbs, options, their values, and files. The script "
                    + "works for a command that is named engram and found along PATH.",
            "Write it into a file once, and source that file in ~/.bashrc, or in ~/.zshrc below compinit."
        },
        footer = {
            "  engram completion bash > ~/.engram-completion     then: source ~/.engram-completion",
            "  engram completion zsh > ~/.engram-completion"
        })
@SuppressWarnings("UnusedVariable") // picocli refuses other shells itself; one script is for both
final class CompletionCommand extends Verb {

    enum Shell {
        BASH,
        ZSH
    }

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell;

    @Spec
    private CommandSpec verb;

    @Override
    public Integer call() {
        AutoComplete.bash("engram", verb.root().commandLine()).lines().forEach(console()::line);
        return ExitCode.FINE;
    }
}
