package org.engram.tools.repair;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.engram.store.Criteria;
import org.engram.store.PatternStore;
import org.engram.store.Verdict;
import org.engram.tools.qr.QrCodec;
import org.engram.tools.qr.QrText;

/** Recalls whole symbols from pictures of damaged ones. Safe for any number of threads, as long as the store is open. */
public final class QrRepair {

    private final PatternStore store;
    private final Criteria criteria;
    private final Charset charset;
    private final Symbols symbols;
    private final Texts texts;

    /** Reads the symbols of a store, which the caller keeps. Only contrast and disagreement of the criteria count. */
    public QrRepair(PatternStore store, Criteria criteria) {
        this(store, criteria, null);
    }

    /** The charset is for bytes whose symbol names none; null means to guess it. */
    QrRepair(PatternStore store, Criteria criteria, Charset charset) {
        this.store = store;
        this.criteria = criteria;
        this.charset = charset;
        this.symbols = new Symbols(store);
        this.texts = new Texts(symbols);
    }

    boolean hasSymbols() {
        return !symbols.isEmpty();
    }

    /** The first result of {@link #repairAll}. */
    public Repair repair(Raster raster) {
        return repairAll(raster).get(0);
    }

    /** The result for each symbol in a picture. If there is none, it is the best guess, not recognised. */
    public List<Repair> repairAll(Raster raster) {
        Search search = new Search(raster, symbols, texts, criteria);
        search.run(WholePicture.places(raster, store.geometry(), symbols.frames()));
        List<Repair> repairs = new ArrayList<>();
        search.found().stream().filter(one -> one.symbol().isPresent()).forEach(one -> repairs.add(repair(one)));
        search.found().stream().filter(one -> one.symbol().isEmpty()).forEach(one -> repairs.add(repair(one)));
        if (repairs.isEmpty()) {
            Optional<Sighting> best = search.best();
            Verdict verdict = best.map(search::verdict).orElse(Verdict.UNKNOWN);
            repairs.add(new Repair(verdict, -1, null, null, Optional.empty(), best.map(QrRepair::sight)));
        }
        return repairs;
    }

    private Repair repair(Found one) {
        Optional<Repair.Sight> sight =
                one.sighting().filter(seen -> !seen.matches().isEmpty()).map(QrRepair::sight);
        if (one.symbol().isEmpty()) {
            return new Repair(one.verdict(), -1, null, null, one.alone(), sight);
        }
        int neuron = one.symbol().get().neuron();
        QrText read = QrCodec.read(store.pattern(neuron), charset).orElse(null);
        return new Repair(one.verdict(), neuron, store.neuron(neuron).key(), read, one.alone(), sight);
    }

    private static Repair.Sight sight(Sighting sighting) {
        return Repair.Sight.of(sighting.place(), sighting.shown(), sighting.matches(), sighting.isInverted());
    }
}
