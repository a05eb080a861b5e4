/**
 * {@code engram repair-qr}: it reads a picture module by module, brings it onto the grid of the stored symbols, and
 * recalls. It believes the answer only if the picture bears it out. No other task is known here.
 */
package org.engram.tools.repair;
