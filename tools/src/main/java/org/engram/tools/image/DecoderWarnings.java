package org.engram.tools.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** What a decoder remarked on. It goes on where pixels are missing or wrong, and says so in this way only. */
final class DecoderWarnings implements IIOReadWarningListener {

    /**
     * About what does not change a pixel: profiles of colours, versions, fields that have a usual value, and bytes between the
     * last pixel of a JPEG and its end, which some cameras leave there.
     */
    private static final Pattern HARMLESS =
            Pattern.compile("color profile is invalid|ICC profile|JFIF|Adobe color transform"
                    + "|extraneous bytes before marker 0xd9|default color table|, ignoring|will be ignored|ignoring it"
                    + "|field is missing|field missing|neither StripByteCounts|clamp estimated|resetting to|assuming");

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

    /** The first that is about damage. */
    Optional<String> damage() {
        return harmful.stream().findFirst();
    }

    boolean isCut() {
        return harmful.stream().anyMatch(warning -> CUT.matcher(warning).find());
    }
}
