package org.engram.tools.image;

import java.awt.image.BufferedImage;

/** An image as a viewer shows it, and how it lies in its file. */
public record Upright(BufferedImage image, Orientation was) {}
