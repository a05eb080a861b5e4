package org.engram.tools;

import java.util.List;
import org.engram.tools.console.ExitCode;
import org.engram.tools.options.Verb;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = {
            "Writes a script that lets a shell complete engram: verbs, options, their values, and files. The script "
                    + "works for a command that is named engram and found along PATH.",
            "Write it into a file once, and source that file in ~/.bashrc, or in ~/.zshrc below compinit. fish reads "
                    + "~/.config/fish/completions/engram.fish by itself."
        },
        footer = {
            "  engram completion bash > ~/.engram-completion     then: source ~/.engram-completion",
            "  engram completion zsh > ~/.engram-completion",
            "  engram completion fish > ~/.config/fish/completions/engram.fish"
        })
final class CompletionCommand extends Verb {

    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell;

    @Spec
    private CommandSpec verb;

    @Override
    public Integer call() {
        CommandLine engram = verb.root().commandLine();
        List<String> script = shell == Shell.FISH
                ? FishCompletion.of(engram)
                : AutoComplete.bash("engram", engram).lines().toList();
        script.forEach(console()::line);
        return ExitCode.FINE;
    }
}
