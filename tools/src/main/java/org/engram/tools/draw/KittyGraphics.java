package org.engram.tools.draw;

import java.util.Base64;

/** Writes a PNG in the graphics protocol of the terminal kitty, which other terminals speak too. */
public final class KittyGraphics {

    private static final int CHUNK = 4096;

    private KittyGraphics() {}

    /** What the terminal must be sent, in ASCII, to show the content of a PNG file where the cursor is. */
    public static String of(byte[] png) {
        String data = Base64.getEncoder().encodeToString(png);
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
