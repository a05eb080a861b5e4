/** Draws what a store holds and answers: for the terminal, as images, and as plots. It knows images and no task. */
@NullMarked
package org.engram.tools.draw;

import org.jspecify.annotations.NullMarked;
