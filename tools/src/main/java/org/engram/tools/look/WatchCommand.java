package org.engram.tools.look;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.engram.tools.console.Console;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Interruption;
import org.engram.tools.console.Json;
import org.engram.tools.console.Table;
import org.engram.tools.console.Text;
import org.engram.tools.options.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        description = {
            "Shows how many neurons live and how fast that changes while a writer runs. Reads only, and takes no "
                    + "lock.",
            "On a terminal the figures stay in their place; elsewhere a line is written each time. Ends with --count, with Ctrl-C"
                    + " (130), or when the store is rebuilt, replaced or deleted (2).",
            "With --json every line is an object: time (ISO 8601), live, retired, memorized (neurons that came since the line before),"
                    + " perSecond, totalMemorized (since the first line), averagePerSecond, bytes, writer [pid, host, started] (null"
                    + " when nobody writes); the rates are null in the first line."
        },
        exitCodeList = ExitCode.CORRUPT_HELP,
        footer = {
            "  engram watch signs",
            "  engram watch signs --interval 0.5 --count 20",
            "  engram watch signs --json >> growth.jsonl"
        })
public final class WatchCommand extends Verb {

    @Parameters(paramLabel = "STORE", description = "The store.")
    private Path store;

    @Option(
            names = "--interval",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seconds between two looks, 0.01 to 86400 (${DEFAULT-VALUE}).")
    private double interval;

    @Option(names = "--count", paramLabel = "N", description = "End after this many looks.")
    private Long count;

    @Option(names = "--json", description = "Write a JSON object in each line, in full precision.")
    private boolean json;

    private boolean isDrawn;
    private Table table;

    @Override
    public Integer call() {
        if (!(interval >= 0.01 && interval <= 86_400)) {
            throw Failure.usage("--interval is out of range: expected 0.01 to 86400 seconds, found " + interval);
        }
        Failure.requirePositive("--count", count);
        Console console = console();
        Duration pause = Duration.ofNanos(Math.round(interval * 1e9));
        try (Interruption interruption = Interruption.begin();
                WatchedStore watched = new WatchedStore(store)) {
            WatchSample.Series series = new WatchSample.Series(watched);
            for (long look = 1; ; look++) {
                show(series.next(), console);
                console.requireResults();
                if (count != null && look == count) {
                    return ExitCode.FINE;
                }
                interruption.pause(pause);
            }
        }
    }

    private void show(WatchSample sample, Console console) {
        if (json) {
            console.line(Json.line(sample));
        } else if (console.terminal().isTerminal()) {
            draw(sample, console);
        } else {
            row(sample, console);
        }
    }

    private void draw(WatchSample sample, Console console) {
        List<String> lines = List.of(
                "store    %s, %s".formatted(Text.escape(store.toString()), sample.second()),
                "neurons  %s live, %s retired".formatted(Text.count(sample.live()), Text.count(sample.retired())),
                "stored   %s since the start, %s/s now, %s/s on average"
                        .formatted(
                                Text.count(sample.totalMemorized()),
                                rate(sample.perSecond()),
                                rate(sample.averagePerSecond())),
                "size     " + Text.bytes(sample.bytes()),
                "writer   " + StoreSummary.writer(sample.writer()));
        if (isDrawn) {
            console.line("\u001b[%dA\u001b[J%s".formatted(lines.size(), lines.get(0)));
            lines.stream().skip(1).forEach(console::line);
        } else {
            lines.forEach(console::line);
        }
        isDrawn = true;
    }

    private static String rate(double perSecond) {
        return Double.isNaN(perSecond) ? "0.0" : WatchSample.rate(perSecond);
    }

    private void row(WatchSample sample, Console console) {
        if (table == null) {
            table = new Table(
                    console,
                    List.of(
                            Table.Column.text("time", 20),
                            Table.Column.number("live", 11),
                            Table.Column.number("retired", 9),
                            Table.Column.number("stored", 8),
                            Table.Column.number("per second", 10),
                            Table.Column.number("bytes", 17),
                            Table.Column.text("writer")));
        }
        table.row(List.of(
                sample.second(),
                Text.count(sample.live()),
                Text.count(sample.retired()),
                Text.count(sample.memorized()),
                WatchSample.rate(sample.perSecond()),
                Text.count(sample.bytes()),
                StoreSummary.writer(sample.writer())));
    }
}
