/**
 * The code of QR symbols: texts to symbols, symbols and photographs of them to texts, their forms and masks. Nothing else
 * of the tools is known here.
 */
@NullMarked
package org.engram.tools.qr;

import org.jspecify.annotations.NullMarked;
