package org.engram.tools.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.engram.store.Pattern;
import org.engram.tools.ask.Looking;
import org.engram.tools.ask.PictureOptions;
import org.engram.tools.ask.RecallReport;
import org.engram.tools.ask.Sight;
import org.engram.tools.ask.ViewOptions;
import org.engram.tools.ask.WantedOptions;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.NewFile;
import org.engram.tools.console.Text;
import org.engram.tools.image.PatternImage;
import org.engram.tools.options.JsonVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "recall",
        description = {
            "Shows an image, or a part of it, to the whole cluster. Takes, answers and ends as engram recall does with one store "
                    + "that holds everything; ties are named by key, since neurons have no numbers in a cluster.",
            "Where segments have no owner within reach, the answer is incomplete: it says so, and is never RECOGNISED.",
            "JSON fields: answered (segments that spoke), segments, and those of engram recall without neuron and kernel: verdict, key, q, "
                    + "agreement, contrast, coding, voters, runnerUps [key, q, agreement], view [levels, turn, mirrored, "
                    + "inverted, right, down], views, otherViews [key, agreement, view]."
        },
        exitCodeList = {"0:recognised", Code.CANNOT_REACH_HELP, "4:not recognised: ambiguous, unknown or incomplete"},
        footer = {
            "  engram cluster recall torn.png",
            "  engram cluster recall photo.png --visible 58,58,58,58 --hosts 10.0.0.1",
            "  engram cluster recall photo.png --turns --shift 2",
            "  engram cluster recall --qr HELLO --json -k 10"
        })
public final class RecallCommand extends JsonVerb {

    /** Takes the image as its only argument: an option says where the cluster is. */
    static final class Shown extends PictureOptions {

        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "IMAGE",
                description = "The image to show to the cluster; - is standard input.")
        private Path image;

        @Override
        protected Path image() {
            return image;
        }
    }

    @Mixin
    private Shown shown;

    @Mixin
    private ViewOptions viewOptions;

    @Mixin
    private WantedOptions wantedOptions;

    @Option(names = "--png", paramLabel = "FILE", description = "Write the recalled pattern, if it was recognised.")
    private Path png;

    @Mixin
    private ContactOptions.OfGuest contact;

    @Override
    public Integer call() {
        Looking looking = new Looking(shown, viewOptions, wantedOptions, console());
        looking.check();
        NewFile.requireBesideAnswer("--png", png, null);
        try (Visit visit = Visit.begin(contact.options())) {
            AskedCluster asked = new AskedCluster(visit);
            Sight sight = looking.look(asked);
            if (png != null) {
                writePng(visit, sight);
            }
            RecallReport report = RecallReport.plain(sight, asked.size());
            Map<String, Object> json = report.json();
            json.remove("kernel"); // each member has a kernel of its own
            json.remove("neuron"); // neurons have no numbers in a cluster
            json.put("answered", asked.answered());
            json.put("segments", asked.segments());
            if (asked.answered() < asked.segments()) {
                console()
                        .note("incomplete: %s of %s segments have spoken, so nothing counts as recognised; engram cluster status says why"
                                .formatted(Text.count(asked.answered()), Text.count(asked.segments())));
            }
            answer(json, () -> report.print(console()));
            return sight.recall().isRecognised() ? ExitCode.FINE : ExitCode.NOT_RECOGNISED;
        }
    }

    private void writePng(Visit visit, Sight sight) {
        if (!sight.recall().isRecognised()) {
            console().note("nothing was recognised, so %s was not written".formatted(png));
            return;
        }
        String key = sight.recall().key();
        Pattern pattern =
                visit.ask(guest -> guest.patterns(List.of(key)).get(key));
        if (pattern == null) {
            console().note("%s was forgotten meanwhile, so %s was not written".formatted(key, png));
            return;
        }
        PatternImage.write(pattern, png);
    }
}
