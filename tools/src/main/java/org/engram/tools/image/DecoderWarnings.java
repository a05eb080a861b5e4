package org.engram.tools.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Collects the warnings of a decoder. A decoder goes on where pixels are missing or wrong, and only warns. */
final class DecoderWarnings implements IIOReadWarningListener {

    /**
     * Warnings about things that change no pixel: profiles of colours, versions, and fields that have a usual value.
     * Bytes that are left over at the end of a JPEG are not among them. A flipped bit in its data leaves such bytes in
     * one case of twelve, and a part of the picture is lost then.
     */
    private static final Pattern HARMLESS = Pattern.compile(
            "color profile is invalid|ICC profile|JFIF|Adobe color transform|default color table|, ignoring|will be ignored"
                    + "|ignoring it|field is missing|field missing|neither StripByteCounts|clamp estimated|resetting to|assuming");

    private static final Pattern CUT = Pattern.compile("Truncated|[Pp]remature end|Input exhausted|EOFException");

    private final List<String> harmful = new ArrayList<>();

    /** Listens to a decoder. */
    static DecoderWarnings of(ImageReader reader) {
        DecoderWarnings warnings = new DecoderWarnings();
        reader.addIIOReadWarningListener(warnings);
        return warnings;
    }

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        if (!HARMLESS.matcher(warning).find()) {
            harmful.add(warning);
        }
    }

    /** The first warning that is about damage. */
    Optional<String> damage() {
        return harmful.stream().findFirst();
    }

    /** Whether the content ended before anything else was wrong with it. */
    boolean isCut() {
        return damage().filter(warning -> CUT.matcher(warning).find()).isPresent();
    }
}
