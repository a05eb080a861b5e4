package org.engram.tools.qr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.engram.store.Geometry;
import org.engram.store.Pattern;
import org.engram.tools.fixture.Images;
import org.engram.tools.fixture.Photo;
import org.junit.jupiter.api.Test;

class QrPhotoTest {

    @Test
    void theSymbolsOfAnotherGeneratorAreDrawnModuleByModule() throws Exception {
        Path symbols = Path.of(Objects.requireNonNull(QrPhotoTest.class.getResource("/qrencode/symbols"))
                .toURI());
        try (Stream<Path> files = Files.list(symbols)) {
            for (Path file : files.sorted().toList()) {
                Photo printed = Photo.of(ImageIO.read(file.toFile()));
                List<QrFind> finds = photo(printed.image()).finds();
                assertEquals(1, finds.size(), file::toString);
                int modules = QrSize.modules(finds.getFirst().symbol().form().version());
                Pattern drawn = finds.getFirst().symbol().draw(new Geometry(modules + 8, modules + 8));
                assertEquals(modules(printed.cropped().image(), modules), modules(drawn), file::toString);
            }
        }
    }

    private static String modules(BufferedImage cropped, int modules) {
        int scale = cropped.getWidth() / modules;
        StringBuilder text = new StringBuilder();
        for (int y = 0; y < modules; y++) {
            for (int x = 0; x < modules; x++) {
                text.append((cropped.getRGB(x * scale, y * scale) & 255) < 128 ? '#' : '.');
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String modules(Pattern drawn) {
        StringBuilder text = new StringBuilder();
        for (int y = 4; y < drawn.geometry().height() - 4; y++) {
            for (int x = 4; x < drawn.geometry().width() - 4; x++) {
                text.append(drawn.value(x, y) == 0 ? '#' : '.');
            }
            text.append('\n');
        }
        return text.toString();
    }

    @Test
    void noiseAndASmallPictureHoldNoSymbol() {
        assertEquals(List.of(), photo(Images.noise(300, 200, 5)).finds());
        assertEquals(List.of(), photo(Images.noise(3, 2, 5)).finds());
    }

    private static QrPhoto photo(BufferedImage image) {
        byte[] grey = new byte[image.getWidth() * image.getHeight()];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) image.getRGB(i % image.getWidth(), i / image.getWidth());
        }
        return new QrPhoto(image.getWidth(), image.getHeight(), grey);
    }
}
