package org.engram.store.internal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.engram.store.Geometry;
import org.engram.store.Layout;
import org.junit.jupiter.api.Test;

/** Where stripes stand, in files and in chunks, and how long they are. */
class StripeLayoutTest {

    private static final Geometry SMALL = new Geometry(5, 7);
    private static final long MIB = 1 << 20;

    @Test
    void aStripeIsPaddedToAMultipleOfSixtyFourBytes() {
        assertEquals(16, StripeLayout.paddedFloats(new Geometry(1, 1)));
        assertEquals(16, StripeLayout.paddedFloats(new Geometry(4, 4)));
        assertEquals(32, StripeLayout.paddedFloats(new Geometry(17, 1)));
        assertEquals(13_456, StripeLayout.paddedFloats(Geometry.PAPER));
    }

    @Test
    void everyPartHasItsLength() {
        assertEquals(192, Part.W.stripeBytes(SMALL));
        assertEquals(192, Part.V.stripeBytes(SMALL));
        assertEquals(64, Part.SKETCH.stripeBytes(SMALL));
        assertEquals(0, Part.PLANES.stripeBytes(SMALL));
        assertEquals(64, Part.KNOWN.stripeBytes(SMALL));
        assertEquals(53_824, Part.W.stripeBytes(Geometry.PAPER));
        assertEquals(64, Part.SKETCH.stripeBytes(Geometry.PAPER));
        assertEquals(26 * 64, Part.PLANES.stripeBytes(Geometry.PAPER));
        assertEquals(27 * 64, Part.KNOWN.stripeBytes(Geometry.PAPER));
    }

    @Test
    void aNeuronIsAsLongAsTheFilesOfItsLayout() {
        assertEquals(2 * 192 + 64, Part.bytesPerNeuron(Layout.FULL, SMALL));
        assertEquals(192 + 64, Part.bytesPerNeuron(Layout.TIED, SMALL));
        assertEquals(64, Part.bytesPerNeuron(Layout.PACKED, SMALL));
        assertEquals(64 + 64, Part.bytesPerNeuron(Layout.PACKED, true, SMALL));
        assertEquals(64, Part.bytesPerNeuron(Layout.PACKED, false, SMALL));
        assertEquals(27 * 64, Part.bytesPerNeuron(Layout.PACKED, Geometry.PAPER));
        assertEquals(List.of(Part.SKETCH, Part.PLANES, Part.KNOWN), Part.of(Layout.PACKED, true));
        assertEquals(List.of(Part.W, Part.SKETCH, Part.PLANES), Part.of(Layout.TIED, false));
        assertEquals(List.of(Part.W, Part.V, Part.SKETCH, Part.PLANES), Part.of(Layout.FULL));
    }

    @Test
    void theBitsOfWAreTheSketchAndThePlanes() {
        assertTrue(Part.SKETCH.isBits());
        assertTrue(Part.PLANES.isBits());
        for (Part other : List.of(Part.W, Part.V, Part.KNOWN)) {
            assertFalse(other.isBits(), other.fileName);
        }
    }

    private static int perChunk(Part part, Geometry geometry, long target) {
        return part.stripes(geometry, target).stripesPerChunk();
    }

    @Test
    void aChunkIsAboutTheTargetAndBeginsOnAPage() {
        // 311 stripes would be 16 MiB; 1024 of 841 times 64 bytes begin on a page of 64 KiB
        assertEquals(1024, perChunk(Part.W, Geometry.PAPER, 16 * MIB));
        assertEquals(new StripeLayout(53_824, 1024), Part.W.stripes(Geometry.PAPER, 16 * MIB));
        assertEquals(1024, perChunk(Part.W, SMALL, 1));
        assertEquals(1024, perChunk(Part.W, SMALL, 192L * 2047));
        assertEquals(2048, perChunk(Part.W, SMALL, 192L * 2048));
        assertEquals(2048, perChunk(Part.W, SMALL, 192L * 4095));
        assertEquals(64, perChunk(Part.W, new Geometry(16, 16), 1));
        assertEquals(1, perChunk(Part.W, new Geometry(128, 128), 1));
        assertEquals(2, perChunk(Part.W, new Geometry(128, 128), 2L * 65_536));
        assertEquals(1, perChunk(Part.W, new Geometry(256, 256), 1));
    }

    @Test
    void theChunksOfAllFilesOfBitsHoldTheSameNeurons() {
        for (Part part : List.of(Part.SKETCH, Part.PLANES, Part.KNOWN)) {
            assertEquals(8192, perChunk(part, Geometry.PAPER, 16 * MIB), part.fileName);
            assertEquals(1024, perChunk(part, Geometry.PAPER, 1), part.fileName);
            assertEquals(262_144, perChunk(part, SMALL, 16 * MIB), part.fileName);
            assertEquals(1024, perChunk(part, SMALL, 1), part.fileName);
        }
    }

    @Test
    void aNeuronStandsInItsChunkAndInTheFile() {
        StripeLayout layout = new StripeLayout(192, 4);
        assertEquals(768, layout.chunkBytes());
        assertEquals(0, layout.chunkOf(3));
        assertEquals(1, layout.chunkOf(4));
        assertEquals(576, layout.offsetInChunk(3));
        assertEquals(0, layout.offsetInChunk(4));
        assertEquals(192, layout.offsetInChunk(5));
        assertEquals(960, layout.offsetInFile(5));
        assertEquals(53_824L << 28, new StripeLayout(53_824, 1024).offsetInFile(1 << 28));
    }
}
