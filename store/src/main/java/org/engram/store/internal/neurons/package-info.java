/**
 * What is known of a store's neurons, and how one more is appended: the open files, the replay of the journal, the table of
 * keys and gains, the learner, the writer, the mapped weights. Knows nothing of cues.
 */
@NullMarked
package org.engram.store.internal.neurons;

import org.jspecify.annotations.NullMarked;
