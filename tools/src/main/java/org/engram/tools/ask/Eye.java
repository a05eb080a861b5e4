package org.engram.tools.ask;

import java.util.HashMap;
import java.util.Map;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.tools.image.Orientation;
import org.engram.tools.image.Picture;
import org.engram.tools.image.Shown;
import org.engram.tools.image.Upright;

/** Shows a picture in any way of looking at it. */
final class Eye {

    private final Upright image;
    private final Geometry geometry;
    private final Picture straight;
    private final Map<View, Shown> inPlace = new HashMap<>();

    /** {@code straight} is the image as it fits the store, perhaps with a part hidden. */
    Eye(Upright image, Picture straight) {
        this.image = image;
        this.geometry = straight.geometry();
        this.straight = straight;
    }

    /** Whether there are no greys, so that all levels give the same picture. */
    boolean isBlackAndWhite() {
        return straight.grey().isTwoValued();
    }

    /** What the store is shown. */
    Shown shown(View view) {
        Shown shown = inPlace.computeIfAbsent(view.inPlace(), this::turned);
        return shown.shifted(-view.right(), -view.down());
    }

    private Shown turned(View view) {
        Picture upright = fitted(view.lies()).upright(view.lies());
        Picture picture = view.inverted() ? upright.inverted() : upright;
        Pattern pattern = view.levels() == null ? picture.grey() : picture.pattern(view.levels());
        return new Shown(pattern, picture.visible());
    }

    /** The picture as it lies. A picture on its side is fitted to the store's shape on its side. */
    private Picture fitted(Orientation lies) {
        boolean isSquare = geometry.width() == geometry.height();
        return !lies.isSideways() || isSquare
                ? straight
                : Picture.of(image, new Geometry(geometry.height(), geometry.width()));
    }
}
