package org.engram.store.internal.care;

import java.nio.file.Path;
import org.engram.store.EngramException;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.medium.StoreDirectory;
import org.engram.store.internal.neurons.StoreFiles;

/** Opens what a store has committed, as any reader would see it; later appends are left out. */
final class Committed {

    /** What to do about a store that is damaged beyond what a rebuild mends. */
    static final String REMEDY = "run engram salvage";

    private Committed() {}

    /** Opens a store, perhaps beside a writer. The error of a damaged store says to salvage it. */
    static StoreFiles open(Path path) {
        StoreDirectory directory = StoreDirectory.onDisk(path);
        Header header = Header.read(directory);
        try {
            return StoreFiles.readOnly(directory, header, header.parts());
        } catch (EngramException.Corrupt e) {
            throw new EngramException.Corrupt(e.diagnosis().remedy(REMEDY));
        }
    }
}
