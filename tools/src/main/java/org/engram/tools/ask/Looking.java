package org.engram.tools.ask;

import java.util.List;
import org.engram.store.Coding;
import org.engram.store.Criteria;
import org.engram.store.Geometry;
import org.engram.tools.console.Console;
import org.engram.tools.console.Describe;
import org.engram.tools.console.Failure;
import org.engram.tools.image.Levels;

/** Shows the picture of a verb in the ways that its options name, and finds the best of the answers. */
public final class Looking {

    private final PictureOptions picture;
    private final ViewOptions viewOptions;
    private final WantedOptions wanted;
    private final Console console;

    public Looking(PictureOptions picture, ViewOptions viewOptions, WantedOptions wanted, Console console) {
        this.picture = picture;
        this.viewOptions = viewOptions;
        this.wanted = wanted;
        this.console = console;
    }

    /** Refuses options that contradict each other or are out of range. */
    public void check() {
        picture.requireOne();
        viewOptions.check();
        wanted.check();
    }

    private void requireFitting(Geometry geometry) {
        if (viewOptions.areNone()) {
            return;
        }
        if (picture.isQr() || picture.firstLevels() == null || picture.coding() != Coding.BIPOLAR) {
            throw Failure.usage(
                    "--turns, --mirror, --invert and --shift are for an image in black and white: expected them without"
                            + " --qr, --grey and --coding unipolar");
        }
        if (viewOptions.hasSideways() && picture.hasRectangle() && geometry.width() != geometry.height()) {
            throw Failure.usage(
                    "--turns and --visible given: expected a store of squares with both, found %s; make what is"
                                    .formatted(geometry)
                            + " hidden transparent in the image");
        }
    }

    /**
     * Looks in all ways that are asked for. It uses the levels of the picture itself only where the first levels leave
     * the picture unknown, so that answers by the first levels stay as they are.
     */
    public Sight look(Asked open) {
        requireFitting(open.geometry());
        Criteria criteria = wanted.criteria(open.criteria());
        Eye eye = picture.eye(open.geometry(), console);
        List<View> first = viewOptions.views(picture.firstLevels());
        Sight sight = Sight.of(open, eye, first, first.size(), picture.coding(), wanted.options(), criteria);
        if (sight.isKnown() || sight.recall().candidates().isEmpty() || eye.isBlackAndWhite()) {
            return sight;
        }
        List<View> further = picture.furtherLevels().stream()
                .flatMap(levels -> first.stream().map(view -> view.with(levels)))
                .filter(view -> !isSame(eye, view, view.with(Levels.FIXED)))
                .toList();
        if (further.isEmpty()) {
            return sight;
        }
        int tried = first.size() + further.size();
        Sight other = Sight.of(open, eye, further, tried, picture.coding(), wanted.options(), halved(criteria));
        if (!other.isKnown()) {
            return sight;
        }
        console.note("white from half on was not recognised, the levels of the picture itself (%s) were"
                .formatted(Describe.name(other.view().levels())));
        return other;
    }

    /**
     * Stricter criteria for the picture's own levels: they make black and white of any picture, also of one that was
     * never stored.
     */
    private static Criteria halved(Criteria given) {
        return new Criteria(given.threshold(), given.contrast(), given.disagreement() / 2, given.agreement());
    }

    private static boolean isSame(Eye eye, View one, View other) {
        return eye.shown(one).picture().equals(eye.shown(other).picture());
    }
}
