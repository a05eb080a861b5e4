package org.engram.tools.repair;

import java.util.Optional;
import org.engram.store.Verdict;

/** A symbol in the picture: recalled, or read by error correction, or both. */
record Found(Verdict verdict, Optional<Sighting> sighting, Optional<Symbol> symbol, Optional<String> alone) {}
