package org.engram.store;

/**
 * The answer to several cues for one question, such as a picture and its rotations. Immutable, safe for any number of
 * threads.
 *
 * <p>Any other neuron j is a rival of the winner i under each cue. How far apart the two are that fit different cues is not
 * known, so the most that it may be is taken for it, {@code d_i + d_j}: their contrast is the least that it may be.
 *
 * @param cue the place of the cue that fitted best, from 0
 * @param recall the answer to that cue. Its judgement is on all cues: where another neuron fits another cue nearly as well,
 *     its contrast is less than that of the cue alone, see {@link PatternStore#recallBestOf}
 */
public record BestOf(int cue, Recall recall) {}
