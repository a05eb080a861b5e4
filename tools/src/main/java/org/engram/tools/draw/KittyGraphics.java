package org.engram.tools.draw;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes a PNG in the graphics protocol of the terminal kitty, which others speak too. */
public final class KittyGraphics {

    private static final int CHUNK = 4096;

    private KittyGraphics() {}

    /**
     * Writes a picture that is shown where the cursor is.
     *
     * @param png the content of a PNG file
     * @return what the terminal must be sent, in ASCII
     */
    public static String of(byte[] png) {
        String data = new String(Base64.getEncoder().encode(png), StandardCharsets.US_ASCII);
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < data.length(); from += CHUNK) {
            int to = Math.min(data.length(), from + CHUNK);
            text.append("\u001b_G")
                    .append(from == 0 ? "a=T,f=100,q=2," : "")
                    .append(to < data.length() ? "m=1;" : "m=0;")
                    .append(data, from, to)
                    .append("\u001b\\");
        }
        return text.toString();
    }
}
