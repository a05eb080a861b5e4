package org.engram.store;

/**
 * The answer to several cues for one question, such as a picture and its rotations. Immutable, safe for any number of
 * threads.
 *
 * <p>Any other neuron j is a rival of the winner i under each cue. The distance between two neurons that fit different
 * cues is not known. So it is taken to be the largest that it can be, {@code d_i + d_j}, and their contrast is the
 * smallest that it can be.
 *
 * @param cue the place of the cue that fitted best, from 0
 * @param recall the answer to that cue. Its judgement is on all cues: the contrast is smaller than for this cue alone
 *     if another neuron fits another cue nearly as well, see {@link PatternStore#recallBestOf}
 */
public record BestOf(int cue, Recall recall) {}
