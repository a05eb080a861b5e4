/** The code of QR symbols: texts to symbols, symbols to texts, and their masks. Nothing else of the tools is known here. */
package org.engram.tools.qr;
