/**
 * {@code engram repair-qr}: a picture is read module by module, brought onto the grid of the stored symbols, recalled,
 * and the answer believed only if the picture bears it out. No other task is known here.
 */
package org.engram.tools.repair;
