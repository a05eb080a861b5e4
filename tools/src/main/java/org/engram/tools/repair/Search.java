package org.engram.tools.repair;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.detector.FinderPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.engram.store.Criteria;
import org.engram.store.Verdict;
import org.engram.tools.qr.BlackLevels;
import org.engram.tools.qr.QrCodec;
import org.engram.tools.repair.Place.Method;
import org.engram.tools.repair.Symbols.Match;

/**
 * Looks for stored symbols in one picture, first at likely places, then at possible ones, and counts its guesses. For
 * one thread.
 */
final class Search {

    private static final int MATCHES = 6;

    /** The longest side of the picture in which symbols are first looked for. */
    private static final int LONGEST = 1600;

    private static final int SMALL = 700;
    private static final int TWICE = -1;
    private static final int GRID = 480;

    /** The freedom that chance gets when a place is fitted to a symbol, in nats: some steps for each coordinate. */
    private static final double FREEDOM_OF_CORNERS = 14;

    private static final double FREEDOM_OF_BEND = 12;
    private static final double FREEDOM_OF_SINGLE = 6;

    /** A place is worth being fitted from these sigmas on. The next number says when it is worth being bent. */
    private static final double WORTH_FITTING = 3.3;

    private static final double WORTH_BENDING = 5;

    /** A symbol that the picture did not bear out is tried again this often at places nearby. */
    private static final int MOST_REFUSALS = 12;

    /** How many modules may be looked at, over all places, before the search gives up. */
    private static final long MOST_WORK = 40_000_000;

    private final Symbols symbols;
    private final Texts texts;
    private final Criteria criteria;
    private final Pyramid[] pictures;
    private final List<Sighting> pool = new ArrayList<>();
    private final List<Found> found = new ArrayList<>();
    private final FinderFrames[] finders;
    private final List<Sighting> refused = new ArrayList<>();
    private double guesses = 1;
    private long work;

    Search(Raster raster, Symbols symbols, Texts texts, Criteria criteria) {
        this.symbols = symbols;
        this.texts = texts;
        this.criteria = criteria;
        this.pictures = new Pyramid[] {new Pyramid(raster), new Pyramid(raster.inverted())};
        this.finders = new FinderFrames[] {new FinderFrames(pictures[0]), new FinderFrames(pictures[1])};
    }

    List<Found> found() {
        return found;
    }

    Optional<Sighting> best() {
        return pool.stream().max(Comparator.comparingDouble(Sighting::sigmas));
    }

    Verdict verdict(Sighting sighting) {
        return sighting.verdict(criteria, guesses);
    }

    void run(List<Place> wholePicture) {
        for (int inverted = 0; inverted < 2; inverted++) {
            for (Place place : wholePicture) {
                look(place, inverted == 1);
            }
        }
        int base = pictures[0].levelWithin(LONGEST);
        detect(base, false);
        readAlone(pictures[0].level(base));
        if (found.isEmpty()) {
            detect(base, true);
            refine(6);
        }
        for (int level : levels(base)) {
            if (found.isEmpty()) {
                detect(level, false);
                detect(level, true);
                refine(3);
            }
        }
        if (found.isEmpty()) {
            tiltedGrids();
            refine(8);
        }
        for (int inverted = 0; inverted < 2 && found.isEmpty(); inverted++) {
            finders(inverted == 1);
            refine(8);
        }
        if (found.isEmpty()) {
            grid();
            refine(8);
        }
    }

    private List<Integer> levels(int base) {
        Raster whole = pictures[0].whole();
        List<Integer> levels = new ArrayList<>();
        if (Math.max(whole.width(), whole.height()) <= SMALL) {
            levels.add(TWICE);
        }
        levels.addAll(List.of(base + 1, base + 2));
        if (base > 0) {
            levels.add(0);
        }
        return levels;
    }

    private Optional<Sighting> look(Place place, boolean inverted) {
        return look(place, inverted, place.method() == Method.SINGLE ? FREEDOM_OF_SINGLE : 0);
    }

    private Optional<Sighting> look(Place place, boolean inverted, double freedom) {
        int count = symbols.count(place.side());
        if (count == 0 || work > MOST_WORK || !place.quad().isPlausible() || isTaken(place.quad())) {
            return Optional.empty();
        }
        work += (long) place.side() * place.side() * (12 + count / 32);
        Sighting sighting = sighting(place, inverted, freedom);
        if (sighting.matches().isEmpty()) {
            return Optional.empty();
        }
        guesses += count;
        if (!isAccepted(sighting)) {
            pool.add(sighting);
        }
        return Optional.of(sighting);
    }

    private Pyramid picture(boolean inverted) {
        return pictures[inverted ? 1 : 0];
    }

    private boolean isTaken(Quad quad) {
        return at(quad).isPresent();
    }

    private Optional<Found> at(Quad quad) {
        return found.stream()
                .filter(one -> one.sighting()
                        .filter(seen -> seen.place().quad().overlaps(quad))
                        .isPresent())
                .findFirst();
    }

    /** Whether a sighting is accepted as it is, or after its place was fitted to the symbol. */
    private boolean isAccepted(Sighting sighting) {
        if (!sighting.mayBeBeyondChance(guesses)) {
            return false;
        }
        if (accept(sighting)) {
            return true;
        }
        if (refusals(sighting).count() >= MOST_REFUSALS) {
            return false;
        }
        Sighting flat = refine(sighting, false);
        Sighting bent = refine(flat, true);
        if (accept(flat) || accept(bent)) {
            return true;
        }
        refused.addAll(List.of(sighting, flat, bent));
        return false;
    }

    /** The sightings of the same symbol, at about the same place, that the picture did not bear out. */
    private Stream<Sighting> refusals(Sighting sighting) {
        return refused.stream()
                .filter(one -> one.symbol().equals(sighting.symbol())
                        && one.isInverted() == sighting.isInverted()
                        && one.place().quad().overlaps(sighting.place().quad()));
    }

    /** Accepts a sighting if it is recognised. It proves nothing if a refused sighting of the symbol, nearby, shows more. */
    private boolean accept(Sighting sighting) {
        if (verdict(sighting) != Verdict.RECOGNISED
                || refusals(sighting).anyMatch(one -> one.sigmas() > sighting.sigmas())) {
            return false;
        }
        Sighting best = polished(sighting);
        found.add(new Found(Verdict.RECOGNISED, Optional.of(best), Optional.of(sighting.symbol()), Optional.empty()));
        return true;
    }

    /** The exact place of the symbol. A corner under damage may have been off by modules. */
    private Sighting polished(Sighting sighting) {
        if (sighting.place().method() == Method.EXACT || sighting.place().method() == Method.FITTED) {
            return sighting;
        }
        Pyramid picture = picture(sighting.isInverted());
        Place place = Refinement.on(sighting.symbol(), picture, sighting.place())
                .corners(4)
                .place();
        Sighting moved = sighting(place, sighting.isInverted(), sighting.freedom());
        boolean better = !moved.matches().isEmpty()
                && moved.symbol().equals(sighting.symbol())
                && moved.sigmas() > sighting.sigmas();
        return better ? moved : sighting;
    }

    private Sighting sighting(Place place, boolean inverted, double freedom) {
        SoftModules shown = SoftModules.read(picture(inverted), place);
        return new Sighting(place, inverted, shown, symbols.best(shown, MATCHES), freedom);
    }

    private void detect(int level, boolean inverted) {
        Pyramid picture = picture(inverted);
        if (level != TWICE && picture.levelWithin(1) < level) {
            return;
        }
        Raster raster = level == TWICE ? picture.whole().doubled() : picture.level(level);
        double scale = level == TWICE ? 0.5 : 1 << level;
        for (BitMatrix black : BlackLevels.of(raster.source())) {
            List<FinderPattern> patterns = Finders.in(black);
            finders[inverted ? 1 : 0].add(patterns, scale);
            for (Detection detection : Detection.in(black, patterns.size(), scale)) {
                List<Sighting> seen = new ArrayList<>();
                for (Place place : detection.places()) {
                    seen.addAll(lookAround(place, inverted));
                }
                detection.text().ifPresent(text -> read(text, detection.places().get(0), inverted, seen));
            }
        }
    }

    /** Looks at a place as it is, mirrored, and fitted to the structure. */
    private List<Sighting> lookAround(Place place, boolean inverted) {
        List<Sighting> seen = new ArrayList<>();
        if (symbols.count(place.side()) == 0
                || isTaken(place.quad())
                || !place.quad().isPlausible()) {
            return seen;
        }
        look(place, inverted).ifPresent(seen::add);
        look(place.mirrored(), inverted).ifPresent(seen::add);
        if (!isTaken(place.quad())) {
            Refinement fitted = Refinement.onStructure(picture(inverted), place).corners(1);
            work += fitted.work();
            look(fitted.place(), inverted).ifPresent(seen::add);
            look(fitted.place().mirrored(), inverted).ifPresent(seen::add);
        }
        return seen;
    }

    private void finders(boolean inverted) {
        FinderFrames frames = finders[inverted ? 1 : 0];
        frames.addByRings();
        List<FinderFrame> best = frames.best();
        for (Place place : FinderPlaces.ofPairs(best, symbols.sides())) {
            look(place, inverted);
        }
        for (Place place : FinderPlaces.ofSingles(best.subList(0, Math.min(3, best.size())), symbols.sides())) {
            look(place, inverted);
        }
    }

    private void grid() {
        for (boolean inverted : new boolean[] {false, true}) {
            Pyramid picture = picture(inverted);
            int level = picture.levelWithin(GRID);
            new GridSearch(picture.level(level).stretched(), symbols.sides())
                    .places()
                    .forEach(places ->
                            places.forEach(place -> look(place.at(place.quad().scaled(1 << level)), inverted)));
        }
    }

    private void tiltedGrids() {
        TiltedGrids grids = new TiltedGrids(pictures[0], symbols.sides()).find();
        for (boolean inverted : new boolean[] {false, true}) {
            for (Place place : grids.places(inverted)) {
                look(place, inverted);
                look(place.mirrored(), inverted);
            }
        }
    }

    /** Fits the best places to the symbols that go with them. */
    private void refine(int most) {
        List<Sighting> best = pool.stream()
                .filter(one -> one.sigmas() >= WORTH_FITTING && one.freedom() < FREEDOM_OF_CORNERS)
                .sorted(Comparator.comparingDouble(Sighting::sigmas).reversed())
                .limit(most)
                .toList();
        for (Sighting sighting : best) {
            if (!isTaken(sighting.place().quad()) && work < MOST_WORK) {
                pool.remove(sighting);
                fit(sighting);
            }
        }
    }

    private void fit(Sighting sighting) {
        Sighting flat = refine(sighting, false);
        if (!settled(flat) && flat.sigmas() > WORTH_BENDING) {
            settled(refine(flat, true));
        }
    }

    private boolean settled(Sighting sighting) {
        if (sighting.mayBeBeyondChance(guesses) && accept(sighting)) {
            return true;
        }
        pool.add(sighting);
        return false;
    }

    /** Moves, or bends, the place of a sighting until the picture there fits its best symbol best. */
    private Sighting refine(Sighting sighting, boolean bent) {
        Pyramid picture = picture(sighting.isInverted());
        Refinement fitted = Refinement.on(sighting.matches().get(0).symbol(), picture, sighting.place());
        Place place = (bent ? fitted.bend() : fitted.corners(0.6)).place();
        work += fitted.work();
        double freedom = sighting.freedom() + (bent ? FREEDOM_OF_BEND : FREEDOM_OF_CORNERS);
        return sighting(place, sighting.isInverted(), freedom);
    }

    /**
     * Takes in a text that error correction read at a place. The stored symbol that has this text is there, and no
     * other.
     */
    private void read(String text, Place place, boolean inverted, List<Sighting> seen) {
        Optional<Found> there = at(place.quad());
        if (there.isPresent()) {
            settle(there.get(), text);
            return;
        }
        pool.removeAll(seen);
        Sighting sighting = seen.stream()
                .max(Comparator.comparingDouble(Sighting::sigmas))
                .orElseGet(
                        () -> new Sighting(place, inverted, SoftModules.read(picture(inverted), place), List.of(), 0));
        List<Symbol> likely = seen.stream()
                .sorted(Comparator.comparingDouble(Sighting::sigmas).reversed())
                .flatMap(one -> one.matches().stream())
                .map(Match::symbol)
                .toList();
        add(text, Optional.of(sighting), likely);
    }

    /** Takes in a text where a symbol was found. A text that error correction read is never contradicted. */
    private void settle(Found there, String text) {
        if (there.alone().isPresent()) {
            return;
        }
        found.remove(there);
        if (texts.has(there.symbol().orElseThrow(), text)) {
            found.add(new Found(there.verdict(), there.sighting(), there.symbol(), Optional.of(text)));
        } else {
            add(text, there.sighting(), List.of());
        }
    }

    private void add(String text, Optional<Sighting> sighting, List<Symbol> likely) {
        Optional<Symbol> symbol = texts.find(text, likely);
        found.add(new Found(
                symbol.isPresent() ? Verdict.RECOGNISED : Verdict.UNKNOWN, sighting, symbol, Optional.of(text)));
    }

    /** Reads the picture with a QR reader, which does not tell the place. The symbol may well be one that was found. */
    private void readAlone(Raster raster) {
        if (found.stream().noneMatch(one -> one.alone().isPresent())) {
            Optional<String> text = QrCodec.decode(raster.source());
            if (text.isPresent() && found.isEmpty()) {
                add(text.get(), Optional.empty(), List.of());
            } else if (text.isPresent()) {
                settle(found.get(0), text.get());
            }
        }
    }
}
