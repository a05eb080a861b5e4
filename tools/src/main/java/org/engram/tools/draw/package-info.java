/** Pictures of what a store holds and answers: for the terminal, as images, and as plots. They know images and no task. */
package org.engram.tools.draw;
