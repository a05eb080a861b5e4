/**
 * Brings patterns into a store and out of it as a whole: images, archives, tables of texts, numpy's arrays. A source
 * hands out items in its order, several threads make patterns of them, and one stores them in that order. An export
 * works the same way. No other task is known here.
 */
package org.engram.tools.transfer;
