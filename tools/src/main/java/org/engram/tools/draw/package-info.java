/** Pictures of what a store holds and answers: for the terminal, as images, and as plots. */
package org.engram.tools.draw;
