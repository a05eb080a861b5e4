package org.engram.tools.qr;

/** A symbol in a photograph: as it is printed, and whether the photograph shows it mirrored, or white on black. */
public record QrFind(QrSymbol symbol, boolean mirrored, boolean inverted) {}
