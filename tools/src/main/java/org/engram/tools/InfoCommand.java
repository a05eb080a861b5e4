package org.engram.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.engram.store.Geometry;
import org.engram.store.StoreInspector;
import org.engram.store.StoreReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram info}. */
@Command(
        name = "info",
        description = {
            "Tells what a store is and how large. Reads header and journal only; engram verify reads everything.",
            "JSON fields: store, format, layout, uuid, created, geometry {width, height, pixels}, rule {epsW, epsV, theta, steps}, "
                    + "criteria {threshold, contrast, disagreement, agreement}, neurons, live, retired, bytes, "
                    + "bytesPerNeuron, files [name, bytes], writerPid (null when no writer is alive), notes, problems."
        },
        exitCodeList = ExitCode.CORRUPT_HELP,
        footer = {"  engram info signs", "  engram info signs --json"})
final class InfoCommand implements Callable<Integer> {

    @Mixin
    private InspectionOptions inspected;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        StoreReport report = StoreInspector.inspect(inspected.store());
        if (inspected.json()) {
            common.console().json(json(report));
        } else {
            print(report, common.console());
        }
        return report.isSound() ? ExitCode.FINE : ExitCode.CORRUPT;
    }

    private void print(StoreReport report, Console console) {
        console.line("store     " + Text.escape(inspected.store().toString()));
        console.line("format    " + report.format());
        console.line("uuid      " + report.uuid());
        console.line("created   " + report.created());
        console.line("patterns  " + report.geometry() + " pixels");
        console.line("rule      " + Describe.rule(report.rule()));
        console.line("criteria  " + Describe.criteria(report.criteria()));
        console.line(
                "neurons   %s live, %s retired".formatted(Text.count(report.live()), Text.count(report.retired())));
        console.line("layout    " + Describe.name(report.layout()));
        console.line("size      %s, %s for each neuron"
                .formatted(Text.bytes(report.bytes()), Text.bytes(report.bytesPerNeuron())));
        int longest = report.files().stream()
                .mapToInt(file -> file.name().length())
                .max()
                .orElse(1);
        for (StoreReport.FileSize file : report.files()) {
            String padding = " ".repeat(longest - file.name().length());
            console.line("  %s%s  %s".formatted(file.name(), padding, Text.bytes(file.bytes())));
        }
        console.line("writer    "
                + (report.writerPid().isPresent()
                        ? "process " + report.writerPid().getAsLong()
                        : "none"));
        report.notes().forEach(note -> console.line("note      " + Text.escape(note)));
        report.problems().forEach(problem -> console.line("problem   " + Text.escape(problem)));
        String advice = Damage.advice(report.problems());
        if (!advice.isEmpty()) {
            console.line("advice    " + advice);
        }
    }

    private Map<String, Object> json(StoreReport report) {
        Geometry geometry = report.geometry();
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("width", geometry.width());
        shape.put("height", geometry.height());
        shape.put("pixels", geometry.pixels());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("store", inspected.store().toString());
        document.put("format", report.format());
        document.put("layout", Describe.name(report.layout()));
        document.put("uuid", report.uuid().toString());
        document.put("created", report.created().toString());
        document.put("geometry", shape);
        document.put("rule", Describe.ruleJson(report.rule()));
        document.put("criteria", Describe.criteriaJson(report.criteria()));
        document.put("neurons", report.neurons().size());
        document.put("live", report.live());
        document.put("retired", report.retired());
        document.put("bytes", report.bytes());
        document.put("bytesPerNeuron", report.bytesPerNeuron());
        document.put("files", report.files().stream().map(InfoCommand::file).toList());
        document.put(
                "writerPid", report.writerPid().isPresent() ? report.writerPid().getAsLong() : null);
        document.put("notes", List.copyOf(report.notes()));
        document.put("problems", List.copyOf(report.problems()));
        return document;
    }

    private static Map<String, Object> file(StoreReport.FileSize file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", file.name());
        json.put("bytes", file.bytes());
        return json;
    }
}
