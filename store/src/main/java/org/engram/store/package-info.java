/**
 * An embeddable, memory-mapped store of patterns under keys. Show it a damaged piece of a pattern, and it answers with the
 * key, the whole pattern, and whether it really knew.
 *
 * <p>It implements the M-Net / R-Net memory model of H. Inazawa, "The Method for Storing Patterns in Neural Networks:
 * Memorization and Recall of QR code Patterns". The R-Net displays a pattern, one pixel a neuron. The M-Net remembers: each
 * stored pattern becomes one M-Net neuron, whose weights are one stripe of floats. Equation numbers in this package are the
 * paper's.
 *
 * <p>{@link org.engram.store.PatternStore} is the way in: it creates, opens, memorizes and recalls.
 * {@link org.engram.store.Pattern}, {@link org.engram.store.Mask} and {@link org.engram.store.Cue} say what is stored and
 * shown, {@link org.engram.store.Recall} what was recalled. {@link org.engram.store.StoreCare} cares for whole stores.
 * Everything that goes wrong is an {@link org.engram.store.EngramException} with a {@link org.engram.store.Diagnosis}.
 *
 * <p>The packages below {@code org.engram.store.internal} are not for hosts, and change without notice: {@code care},
 * {@code recall} and {@code neurons} stand on {@code kernel}, {@code format} and {@code medium}. A test holds which of them
 * may know which.
 */
package org.engram.store;
