package org.engram.tools;

import java.util.List;
import java.util.Locale;
import org.engram.tools.ask.PlotCommand;
import org.engram.tools.ask.RecallCommand;
import org.engram.tools.calibrate.CalibrateCommand;
import org.engram.tools.care.CompactCommand;
import org.engram.tools.care.CopyCommand;
import org.engram.tools.care.DiffCommand;
import org.engram.tools.care.RebuildCommand;
import org.engram.tools.care.SalvageCommand;
import org.engram.tools.care.VerifyCommand;
import org.engram.tools.console.Console;
import org.engram.tools.fill.CreateCommand;
import org.engram.tools.fill.ForgetCommand;
import org.engram.tools.fill.MemorizeCommand;
import org.engram.tools.look.DoctorCommand;
import org.engram.tools.look.InfoCommand;
import org.engram.tools.look.LsCommand;
import org.engram.tools.look.ShowCommand;
import org.engram.tools.look.WatchCommand;
import org.engram.tools.options.Verb;
import org.engram.tools.paper.PaperCommand;
import org.engram.tools.repair.RepairQrCommand;
import org.engram.tools.report.ReportCommand;
import org.engram.tools.report.StatsCommand;
import org.engram.tools.stress.StressCommand;
import org.engram.tools.transfer.ExportCommand;
import org.engram.tools.transfer.ImportCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engram} itself, and the one table of its verbs. */
@Command(
        name = "engram",
        synopsisSubcommandLabel = "VERB STORE ...",
        description = "Stores patterns under keys, and recalls them from damaged pieces.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nVerbs:%n",
        footerHeading = "%n",
        footer = {
            "engram VERB --help shows a verb's options, exit codes and examples.",
            "Examples: engram create signs; engram memorize signs photos; engram recall signs torn.png"
        },
        versionProvider = EngramCommand.Version.class)
@SuppressWarnings("UnusedVariable") // picocli fills the options in, and acts on them itself
final class EngramCommand implements Runnable, Verb.Root {

    /** Every verb, in the order of the help; a verb outside this table can neither be called nor has help. */
    static final List<Class<?>> VERBS = List.of(
            CreateCommand.class,
            MemorizeCommand.class,
            ForgetCommand.class,
            RecallCommand.class,
            RepairQrCommand.class,
            PlotCommand.class,
            ShowCommand.class,
            InfoCommand.class,
            StatsCommand.class,
            LsCommand.class,
            WatchCommand.class,
            VerifyCommand.class,
            RebuildCommand.class,
            CopyCommand.class,
            CompactCommand.class,
            SalvageCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            ClusterCommand.class,
            DiffCommand.class,
            ReportCommand.class,
            DoctorCommand.class,
            CalibrateCommand.class,
            PaperCommand.class,
            StressCommand.class,
            CompletionCommand.class);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    private final Console console;

    EngramCommand(Console console) {
        this.console = console;
    }

    /** The verbs that a call may need. Reading the annotations of all verbs takes longer than most verbs. */
    static List<Class<?>> verbsFor(String[] args) {
        List<Class<?>> named = VERBS.stream()
                .filter(verb -> args.length > 0 && nameOf(verb).equals(args[0]))
                .toList();
        return named.isEmpty() || named.contains(CompletionCommand.class) ? VERBS : named;
    }

    /** The name of a verb, which follows from its class: {@code RepairQrCommand} is {@code repair-qr}. */
    static String nameOf(Class<?> verb) {
        return verb.getSimpleName()
                .replaceFirst("Command$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public Console console() {
        return console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no verb given");
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = EngramCommand.class.getPackage().getImplementationVersion();
            return new String[] {"engram " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
