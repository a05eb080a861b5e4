package org.engram.tools.image;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import org.w3c.dom.NodeList;

/** The transparent grey of a PNG with fewer than 8 bits a pixel, which the JDK compares with samples that it has widened. */
final class PngGrey {

    private static final String FORMAT = "javax_imageio_png_1.0";

    private PngGrey() {}

    /** The same image with its transparent pixels transparent. */
    static BufferedImage mended(BufferedImage image, ImageReader reader) throws IOException {
        WritableRaster raster = image.getRaster();
        if (raster.getNumBands() != 2 || raster.getSampleModel().getSampleSize(0) != Byte.SIZE) {
            return image;
        }
        IIOMetadataNode tree = (IIOMetadataNode) reader.getImageMetadata(0).getAsTree(FORMAT);
        NodeList transparent = tree.getElementsByTagName("tRNS_Grayscale");
        if (transparent.getLength() == 0) {
            return image;
        }
        int bits = number(tree.getElementsByTagName("IHDR"), "bitDepth");
        int widened = number(transparent, "gray") * 255 / ((1 << bits) - 1);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                raster.setSample(x, y, 1, raster.getSample(x, y, 0) == widened ? 0 : 255);
            }
        }
        return image;
    }

    private static int number(NodeList nodes, String attribute) {
        return Integer.parseInt(((IIOMetadataNode) nodes.item(0)).getAttribute(attribute));
    }
}
