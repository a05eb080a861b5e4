/**
 * Makes an answer of a cue: finds the neurons that respond most, compares the winner with its rivals, and judges the
 * answer. It reads neurons and changes nothing.
 */
@NullMarked
package org.engram.store.internal.recall;

import org.jspecify.annotations.NullMarked;
