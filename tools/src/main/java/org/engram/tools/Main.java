package org.engram.tools;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.engram.store.PatternStore;
import org.engram.tools.console.Console;
import org.engram.tools.console.Ending;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Interruption;
import org.engram.tools.console.IoReason;
import org.engram.tools.options.CharsetConverter;
import org.engram.tools.options.Choice;
import org.engram.tools.options.FurtherVerbs;
import org.engram.tools.options.PathConverter;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code engram} command: finds the verb, runs it, and turns what went wrong into one line and an exit code. */
public final class Main {

    /** A field keeps the logger: without a reference to it, it could be collected and forget its level. */
    private static final Logger STORE_LOG = Logger.getLogger(PatternStore.class.getPackageName());

    private Main() {}

    /** Runs the command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        // The verbs tell what the log would tell, in one line.
        STORE_LOG.setLevel(Level.OFF);
        // Numbers have the same digits and commas everywhere.
        Locale.setDefault(Locale.ROOT);
        Console console = Console.ofProcess();
        LeftoverNotes.showOn(console);
        System.exit(run(args, console));
    }

    /** Runs the command within this JVM, as if neither stream were a terminal. Results go to {@code out}. */
    public static int run(String[] args, OutputStream out, OutputStream err) {
        return run(args, Console.plain(out, err));
    }

    public static int run(String[] args, Console console) {
        int code;
        try {
            code = commandLine(console, EngramCommand.verbsFor(args)).execute(args);
        } catch (Throwable e) {
            code = fail(console, e, false);
        }
        console.flush();
        IOException lost = console.lostResults();
        if (lost == null) {
            return code;
        }
        console.error("cannot write the results: " + IoReason.said(lost));
        return code == ExitCode.FINE || code == ExitCode.NOT_RECOGNISED ? ExitCode.CANNOT_OPEN : code;
    }

    static CommandLine commandLine(Console console) {
        return commandLine(console, EngramCommand.VERBS);
    }

    private static CommandLine commandLine(Console console, List<Class<?>> verbs) {
        CommandLine engram = new CommandLine(new EngramCommand(console));
        verbs.forEach(engram::addSubcommand);
        ServiceLoader.load(FurtherVerbs.class).forEach(further -> addBehind(engram, further));
        engram.addSubcommand(CommandLine.HelpCommand.class);
        engram.registerConverter(Path.class, new PathConverter())
                .registerConverter(Charset.class, new CharsetConverter());
        engram.setOut(console.outWriter());
        engram.setErr(console.errWriter());
        engram.setColorScheme(Help.defaultColorScheme(console.colour() ? Help.Ansi.ON : Help.Ansi.OFF));
        engram.setExpandAtFiles(false); // a key may begin with @
        engram.setUsageHelpWidth(100);
        engram.setUsageHelpLongOptionsMaxWidth(30);
        engram.setParameterExceptionHandler((e, given) -> refuse(console, e));
        engram.setExecutionExceptionHandler((e, line, parsed) -> fail(console, e, isDebug(parsed)));
        engram.getSubcommands().values().forEach(Main::prepare);
        return engram;
    }

    private static void addBehind(CommandLine engram, FurtherVerbs further) {
        CommandLine verb = engram.getSubcommands().get(further.of());
        if (verb != null) {
            further.all().forEach(verb::addSubcommand);
        }
    }

    private static void prepare(CommandLine verb) {
        Choice.prepare(verb.getCommandSpec());
        complete(verb.getCommandSpec().usageMessage());
        verb.getSubcommands().values().forEach(Main::prepare);
    }

    /** Gives every verb's help the same headings and the exit codes that all verbs share. */
    private static void complete(UsageMessageSpec help) {
        Map<String, String> codes = new TreeMap<>(ExitCode.SHARED);
        codes.putAll(help.exitCodeList());
        help.exitCodeList(codes);
        help.exitCodeListHeading("%nExit codes:%n");
        help.descriptionHeading("%n");
        help.parameterListHeading("%nArguments:%n");
        help.optionListHeading("%nOptions:%n");
        help.footerHeading("%nExamples:%n");
        help.sortOptions(false);
    }

    private static boolean isDebug(ParseResult parsed) {
        ParseResult innermost = parsed;
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        return innermost.hasMatchedOption("--debug");
    }

    private static int refuse(Console console, ParameterException e) {
        if (e.getCause() instanceof Failure failure) {
            return fail(console, failure, false);
        }
        String verb = unknownVerb(e);
        if (verb != null) {
            CommandSpec of = e.getCommandLine().getCommandSpec();
            console.error(
                    of.parent() == null
                            ? "unknown verb: %s; engram help lists them".formatted(verb)
                            : "unknown verb: %s %s; %s --help lists them"
                                    .formatted(of.name(), verb, of.qualifiedName()));
        } else {
            String name = e.getCommandLine().getCommandSpec().qualifiedName();
            console.error("%s; %s --help shows how".formatted(message(e), name));
        }
        return ExitCode.USAGE;
    }

    private static String message(ParameterException e) {
        // picocli calls a path that the converter refuses unmatched if it is one of many
        return e instanceof UnmatchedArgumentException unmatched
                        && unmatched.getUnmatched().contains("")
                ? "an argument is empty: expected a path or nothing at all"
                : e.getMessage();
    }

    /** The word in the place of a verb; null when the error is a different one. */
    private static String unknownVerb(ParameterException e) {
        boolean isBehindAVerb = e.getCommandLine().getParent() != null;
        if (isBehindAVerb && e.getCommandLine().getSubcommands().isEmpty()) {
            return null;
        }
        if (e instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            return first.isEmpty() || first.startsWith("-") ? null : first;
        }
        // the help command of picocli has no exception of its own
        return e.getMessage().startsWith("Unknown subcommand '") ? e.getValue() : null;
    }

    private static int fail(Console console, Throwable e, boolean debug) {
        if (e instanceof Console.LostResults) {
            return ExitCode.FINE;
        }
        if (e instanceof Interruption.Interrupted) {
            return ExitCode.INTERRUPTED;
        }
        int code = Ending.exitCode(e);
        console.error(code == ExitCode.INTERNAL ? internal(e) : Ending.line(e));
        if (debug) {
            console.stackTrace(e);
        }
        return code;
    }

    private static String internal(Throwable e) {
        if (e instanceof OutOfMemoryError) {
            return "Java has too little memory: %s; give it more, for example with JAVA_TOOL_OPTIONS=-Xmx4g"
                    .formatted(e.getMessage());
        }
        return "internal error: %s; run it again with --debug and report what it shows".formatted(e);
    }
}
