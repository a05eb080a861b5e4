package org.engram.tools.repair;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.detector.FinderPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.engram.store.Criteria;
import org.engram.store.Verdict;
import org.engram.tools.qr.QrCodec;
import org.engram.tools.repair.Place.Method;
import org.engram.tools.repair.Symbols.Match;

/**
 * Looks for stored symbols in one picture, from likely places to merely possible ones, and counts how often it guessed.
 * For one thread.
 */
final class Search {

    private static final int MATCHES = 6;

    /** Longest side of the picture in which symbols are first looked for. */
    private static final int LONGEST = 1600;

    private static final int SMALL = 700;
    private static final int GRID = 480;
    private static final int MOST_FINDERS = 6;
    private static final double LEAST_RINGS = 0.6;

    /** What is left of chance's freedom when a place was fitted to a symbol, in nats: some steps for each coordinate. */
    private static final double FREEDOM_OF_CORNERS = 14;

    private static final double FREEDOM_OF_BEND = 12;
    private static final double FREEDOM_OF_SINGLE = 6;

    /** From these sigmas on a place is worth being fitted, or bent. */
    private static final double WORTH_FITTING = 3.3;

    private static final double WORTH_BENDING = 5;

    /** How many modules may be looked at, over all places, before the search gives up. */
    private static final long MOST_WORK = 60_000_000;

    private final Symbols symbols;
    private final Texts texts;
    private final Criteria criteria;
    private final Pyramid[] pictures;
    private final List<Sighting> pool = new ArrayList<>();
    private final List<Found> found = new ArrayList<>();
    private final List<FinderFrame> finders = new ArrayList<>();
    private double guesses = 1;
    private long work;

    Search(Raster raster, Symbols symbols, Texts texts, Criteria criteria) {
        this.symbols = symbols;
        this.texts = texts;
        this.criteria = criteria;
        this.pictures = new Pyramid[] {new Pyramid(raster), new Pyramid(raster.inverted())};
    }

    /** A place that was looked at, and the symbols that go best with what is seen. */
    record Sighting(Place place, boolean isInverted, SoftModules shown, List<Match> matches, double freedom) {

        double sigmas() {
            return matches.isEmpty() ? 0 : matches.get(0).sigmas();
        }
    }

    /** A symbol in the picture: recalled, or read by error correction, or both. */
    record Found(Verdict verdict, Optional<Sighting> sighting, Optional<Symbol> symbol, Optional<String> alone) {}

    List<Found> found() {
        return found;
    }

    /** The best of what was not recognised. */
    Optional<Sighting> best() {
        return pool.stream().max(Comparator.comparingDouble(Sighting::sigmas));
    }

    Verdict verdict(Sighting sighting) {
        return Evidence.of(sighting.shown(), sighting.matches()).verdict(criteria, guesses, sighting.freedom());
    }

    void run(List<Place> wholePicture) {
        for (int inverted = 0; inverted < 2; inverted++) {
            for (Place place : wholePicture) {
                look(place, inverted == 1);
            }
        }
        if (found.isEmpty()) {
            Raster whole = pictures[0].whole();
            int base = pictures[0].levelWithin(LONGEST);
            detect(base, false);
            readAlone(pictures[0].level(base));
            detect(base, true);
            if (found.isEmpty() && Math.max(whole.width(), whole.height()) <= SMALL) {
                detect(-1, false);
                detect(-1, true);
            }
            for (int level = base + 1; found.isEmpty() && level <= base + 2; level++) {
                detect(level, false);
                detect(level, true);
            }
            if (found.isEmpty() && base > 0) {
                detect(0, false);
                detect(0, true);
            }
        }
        refine(6);
        if (found.isEmpty()) {
            for (int inverted = 0; inverted < 2 && found.isEmpty(); inverted++) {
                finders(inverted == 1);
                refine(8);
            }
        }
        if (found.isEmpty()) {
            grid();
            refine(8);
        }
    }

    /** Looks at a place, unless a symbol was found there. */
    private Optional<Sighting> look(Place place, boolean inverted) {
        return look(place, inverted, place.method() == Method.SINGLE ? FREEDOM_OF_SINGLE : 0);
    }

    private Optional<Sighting> look(Place place, boolean inverted, double freedom) {
        int count = symbols.count(place.side());
        if (count == 0 || work > MOST_WORK || !place.quad().isPlausible() || isTaken(place.quad())) {
            return Optional.empty();
        }
        work += (long) place.side() * place.side() * (12 + count / 32);
        SoftModules shown = SoftModules.read(pictures[inverted ? 1 : 0], place);
        List<Match> matches = symbols.best(shown, MATCHES);
        if (matches.isEmpty()) {
            return Optional.empty();
        }
        guesses += count;
        Sighting sighting = new Sighting(place, inverted, shown, matches, freedom);
        if (Evidence.isBeyondChance(sighting.sigmas(), guesses, freedom) && verdict(sighting) == Verdict.RECOGNISED) {
            accept(sighting);
        } else {
            pool.add(sighting);
        }
        return Optional.of(sighting);
    }

    private boolean isTaken(Quad quad) {
        return found.stream()
                .flatMap(one -> one.sighting().stream())
                .anyMatch(one -> one.place().quad().holdsCentreOf(quad)
                        || quad.holdsCentreOf(one.place().quad()));
    }

    private void accept(Sighting sighting) {
        Symbol symbol = sighting.matches().get(0).symbol();
        found.add(new Found(Verdict.RECOGNISED, Optional.of(sighting), Optional.of(symbol), Optional.empty()));
    }

    /** A level of -1 is twice the size of the picture. */
    private void detect(int level, boolean inverted) {
        Pyramid picture = pictures[inverted ? 1 : 0];
        if (level >= 0 && picture.levelWithin(1) < level) {
            return;
        }
        Raster raster = level < 0 ? picture.whole().doubled() : picture.level(level);
        double scale = level < 0 ? 0.5 : 1 << level;
        for (BitMatrix black : Detection.levels(raster)) {
            collect(black, scale, picture);
            for (Detection detection : Detection.in(black, scale)) {
                detection.text().ifPresent(text -> read(text, detection.places().get(0), inverted));
                for (Place place : detection.places()) {
                    lookAround(place, inverted);
                }
            }
        }
    }

    /** As it is, mirrored, and fitted to the structure. */
    private void lookAround(Place place, boolean inverted) {
        if (symbols.count(place.side()) == 0
                || isTaken(place.quad())
                || !place.quad().isPlausible()) {
            return;
        }
        look(place, inverted);
        look(place.mirrored(), inverted);
        Refinement fitted =
                Refinement.onStructure(pictures[inverted ? 1 : 0], place).corners(1);
        work += fitted.work();
        look(fitted.place(), inverted);
        look(fitted.place().mirrored(), inverted);
    }

    private void collect(BitMatrix black, double scale, Pyramid picture) {
        int taken = 0;
        for (FinderPattern finder : Finders.in(black)) {
            double x = finder.getX() * scale;
            double y = finder.getY() * scale;
            boolean known = finders.stream().anyMatch(one -> Math.hypot(one.x() - x, one.y() - y) < 2 * one.module());
            if (!known && taken < MOST_FINDERS) {
                taken++;
                FinderFrame frame = FinderFrame.fit(picture, x, y, finder.getEstimatedModuleSize() * scale);
                if (frame.score() > LEAST_RINGS) {
                    finders.add(frame);
                }
            }
        }
    }

    private void finders(boolean inverted) {
        // see collect
        List<FinderFrame> best = finders.stream()
                .sorted(Comparator.comparingDouble(FinderFrame::score).reversed())
                .limit(MOST_FINDERS)
                .toList();
        for (Place place : FinderPlaces.ofPairs(best, symbols.sides())) {
            look(place, inverted);
        }
        for (Place place : FinderPlaces.ofSingles(best.subList(0, Math.min(3, best.size())), symbols.sides())) {
            look(place, inverted);
        }
    }

    private void grid() {
        for (boolean inverted : new boolean[] {false, true}) {
            Pyramid picture = pictures[inverted ? 1 : 0];
            int level = picture.levelWithin(GRID);
            new GridSearch(picture.level(level).stretched(), symbols.sides())
                    .places()
                    .forEach(places ->
                            places.forEach(place -> look(place.at(place.quad().scaled(1 << level)), inverted)));
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
                refine(sighting);
            }
        }
    }

    private void refine(Sighting sighting) {
        Symbol symbol = sighting.matches().get(0).symbol();
        Pyramid picture = pictures[sighting.isInverted() ? 1 : 0];
        Refinement fitted = Refinement.on(symbol, picture, sighting.place()).corners(0.6);
        work += fitted.work();
        double freedom = sighting.freedom() + FREEDOM_OF_CORNERS;
        Optional<Sighting> flat = look(fitted.place(), sighting.isInverted(), freedom);
        if (flat.isPresent()
                && flat.get().sigmas() > WORTH_BENDING
                && !isTaken(flat.get().place().quad())) {
            long before = fitted.work();
            fitted.bend();
            work += fitted.work() - before;
            look(fitted.place(), sighting.isInverted(), freedom + FREEDOM_OF_BEND);
        }
    }

    /** Error correction read a text at a place: the stored symbol that has it is there, and no other. */
    private void read(String text, Place place, boolean inverted) {
        if (isTaken(place.quad())) {
            return;
        }
        Optional<Sighting> sighting = look(place, inverted);
        sighting.ifPresent(pool::remove);
        found.removeIf(one -> one.sighting().equals(sighting) && sighting.isPresent());
        add(
                text,
                sighting.or(() -> Optional.of(new Sighting(
                        place, inverted, SoftModules.read(pictures[inverted ? 1 : 0], place), List.of(), 0))));
    }

    private void add(String text, Optional<Sighting> sighting) {
        Optional<Symbol> symbol = texts.find(
                text,
                sighting.stream()
                        .flatMap(one -> one.matches().stream())
                        .map(Match::symbol)
                        .toList());
        found.add(new Found(
                symbol.isPresent() ? Verdict.RECOGNISED : Verdict.UNKNOWN, sighting, symbol, Optional.of(text)));
    }

    /** What a reader reads without telling where. */
    private void readAlone(Raster raster) {
        if (found.isEmpty()) {
            QrCodec.decode(raster.source()).ifPresent(text -> add(text, Optional.empty()));
        }
    }
}
