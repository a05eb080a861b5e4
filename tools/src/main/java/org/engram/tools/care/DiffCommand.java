package org.engram.tools.care;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.engram.store.StoreCare;
import org.engram.store.StoreDifference;
import org.engram.tools.console.Console;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Json;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.Text;
import org.engram.tools.options.JsonVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        description = {
            "Compares what two stores mean: settings, live keys, and the patterns they show. Layouts, identities, "
                    + "times and numbers of neurons do not count. Writes nothing, and works while writers run.",
            "A line for every difference: \"- key\" is only in FIRST, \"+ key\" only in SECOND, \"~ key\" shows "
                    + "another pattern. A setting shows both values.",
            "JSON fields: equal, settings (lines of text), onlyInFirst, onlyInSecond and changed (keys), same (their number)."
        },
        exitCodeList = {"0:the stores mean the same", ExitCode.CORRUPT_HELP, "5:they differ"},
        footer = {"  engram diff signs saved", "  engram diff signs saved --json"})
public final class DiffCommand extends JsonVerb {

    @Parameters(index = "0", paramLabel = "FIRST", description = "A store.")
    private Path first;

    @Parameters(index = "1", paramLabel = "SECOND", description = "Another.")
    private Path second;

    @Override
    public Integer call() {
        Console console = console();
        StoreDifference difference;
        try (ProgressLine progress = console.progress("diff")) {
            difference = StoreCare.diff(first, second, progress::at);
        }
        Map<String, Boolean> isEqual = Map.of("equal", difference.isEmpty());
        answer(Json.joined(isEqual, difference), () -> print(difference, console));
        return difference.isEmpty() ? ExitCode.FINE : ExitCode.DIFFERENT;
    }

    private static void print(StoreDifference difference, Console console) {
        difference.settings().forEach(console::line);
        print("- ", difference.onlyInFirst(), console);
        print("+ ", difference.onlyInSecond(), console);
        print("~ ", difference.changed(), console);
        if (difference.isEmpty()) {
            console.line("%s: %s".formatted(console.coloured(32, "equal"), Text.count(difference.same(), "key")));
        } else {
            console.line("%s: %s, %s only in the first, %s only in the second, %s changed, %s the same"
                    .formatted(
                            console.coloured(31, "different"),
                            Text.count(difference.settings().size(), "setting"),
                            Text.count(difference.onlyInFirst().size(), "key"),
                            Text.count(difference.onlyInSecond().size()),
                            Text.count(difference.changed().size()),
                            Text.count(difference.same())));
        }
    }

    private static void print(String sign, List<String> keys, Console console) {
        keys.forEach(key -> console.line(sign + Text.escape(key)));
    }
}
