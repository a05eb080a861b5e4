package org.engram.tools.look;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.engram.store.PatternStore;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.NativeCalls;
import org.engram.tools.console.Text;
import org.engram.tools.options.JsonVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "doctor",
        description = {
            "Tells what Engram runs on, and what is wrong with that. engram verify tells whether a store is sound.",
            "JSON fields: java, vendor, os, arch, cores, maxHeapBytes, pageBytes (null if unknown), kernel, mapping, "
                    + "flags [name, present], and with a store: store, freeBytes (null if unknown)."
        },
        footer = {"  engram doctor", "  engram doctor signs --json"})
public final class DoctorCommand extends JsonVerb {

    @Parameters(arity = "0..1", paramLabel = "STORE", description = "Tell what is free on its disk, too.")
    private Path store;

    @Override
    public Integer call() {
        List<JvmFlag> flags = JvmFlag.all();
        Map<String, Object> findings = platform();
        Map<String, Object> aboutStore = new LinkedHashMap<>();
        if (store != null) {
            aboutStore.put("store", store.toString());
            aboutStore.put("freeBytes", freeBytes());
        }
        if (asJson()) {
            findings.put("flags", flags);
            findings.putAll(aboutStore);
            console().json(findings);
        } else {
            findings.forEach(this::print);
            flags.forEach(flag -> print("flag", flag.name() + ": " + flag.state()));
            aboutStore.forEach(this::print);
        }
        return ExitCode.FINE;
    }

    private void print(String name, Object value) {
        String shown = value == null ? "unknown" : value.toString();
        console().line("%-13s %s".formatted(name, Text.escape(shown)));
    }

    private static Map<String, Object> platform() {
        OptionalInt page = NativeCalls.pageBytes();
        Map<String, Object> findings = new LinkedHashMap<>();
        findings.put("java", Runtime.version().toString());
        findings.put("vendor", System.getProperty("java.vendor"));
        findings.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        findings.put("arch", System.getProperty("os.arch"));
        findings.put("cores", Runtime.getRuntime().availableProcessors());
        findings.put("maxHeapBytes", Runtime.getRuntime().maxMemory());
        findings.put("pageBytes", page.isPresent() ? page.getAsInt() : null);
        findings.put("kernel", PatternStore.kernel());
        findings.put("mapping", PatternStore.mapping());
        return findings;
    }

    /** The free bytes where the store is, or would be; null when the system does not tell. */
    private Long freeBytes() {
        Path place = store.toAbsolutePath();
        while (place.getParent() != null && !Files.exists(place)) {
            place = place.getParent();
        }
        try {
            return Files.getFileStore(place).getUsableSpace();
        } catch (IOException e) {
            return null;
        }
    }
}
