/**
 * Repair of damaged QR symbols: a picture is read module by module, brought onto the grid of the stored symbols, recalled,
 * and the answer believed only if the picture bears it out; and the measurement of how much damage that stands.
 */
package org.engram.tools.qr;
