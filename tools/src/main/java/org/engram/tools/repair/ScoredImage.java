package org.engram.tools.repair;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import org.engram.tools.image.ImageFile;
import org.engram.tools.qr.QrCodec;

/** The texts that Engram and a QR reader alone read in one picture with a known text. */
record ScoredImage(Path image, String expected, List<String> found, Optional<String> alone, double seconds) {

    static ScoredImage of(QrRepair repairs, Path image, String expected) {
        Raster raster = Raster.of(ImageFile.read(image));
        long start = System.nanoTime();
        List<Repair> all = repairs.repairAll(raster);
        double seconds = (System.nanoTime() - start) / 1e9;
        List<String> found =
                all.stream().filter(Repair::isRepaired).map(Repair::text).toList();
        return new ScoredImage(image, expected, found, QrCodec.decode(raster.source()), seconds);
    }

    boolean isWrong() {
        return found.stream().anyMatch(text -> !isExpected(text));
    }

    boolean isRight() {
        return !found.isEmpty() && !isWrong();
    }

    boolean isRightAlone() {
        return alone.filter(this::isExpected).isPresent();
    }

    private boolean isExpected(String text) {
        return plain(text).equals(plain(expected));
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replaceAll("\\R", "\n")
                .strip();
    }
}
