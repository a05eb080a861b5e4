package org.engram.tools.image;

import java.nio.file.Path;
import org.engram.tools.console.Console;
import org.engram.tools.console.Text;

/** Collects what was done to images on their way in, so that a thousand files give three lines and not three thousand. */
public final class ImageNotes {

    private String firstTurned = "";
    private int turned;
    private String firstScaled = "";
    private int scaled;
    private String firstTransparent = "";
    private int transparent;

    /** Starts without notes. */
    public ImageNotes() {}

    public void add(Path path, Picture picture) {
        add(path.toString(), picture);
    }

    /** Takes note of an image that was stored. */
    public void add(String name, Picture picture) {
        if (picture.orientation() != Orientation.UPRIGHT && turned++ == 0) {
            firstTurned = "%s is set upright, as its EXIF orientation %d says"
                    .formatted(name, picture.orientation().exif());
        }
        if (picture.isScaled() && scaled++ == 0) {
            firstScaled = "%s is %d x %d pixels, scaled to fit %s"
                    .formatted(name, picture.width(), picture.height(), picture.geometry());
        }
        if (picture.hasTransparency() && transparent++ == 0) {
            firstTransparent = name + " has transparent pixels, ";
        }
    }

    /** Writes the notes on images that were stored, if there are any. */
    public void tellStored(Console console, boolean masks) {
        tell(console, masks ? "unknown" : "painted white");
    }

    /** Writes the notes, if there are any. The treatment says what became of transparent pixels. */
    public void tell(Console console, String treatment) {
        if (turned > 0) {
            console.note(firstTurned + others(turned));
        }
        if (scaled > 0) {
            console.note(firstScaled + others(scaled));
        }
        if (transparent > 0) {
            console.note(firstTransparent + treatment + others(transparent));
        }
    }

    private static String others(int files) {
        return files == 1 ? "" : ", and so %s".formatted(Text.count(files - 1, "more file"));
    }
}
