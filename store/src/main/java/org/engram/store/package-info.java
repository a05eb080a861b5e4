/**
 * An embeddable, memory-mapped store of patterns under keys. Show it a damaged piece of a pattern, and it answers with the
 * key, the whole pattern, and whether it really knew.
 *
 * <pre>{@code
 * Geometry shape = new Geometry(5, 5);
 * try (PatternStore store = PatternStore.openOrCreate(Path.of("signs"), StoreOptions.DEFAULT.withGeometry(shape))) {
 *     store.put("plus", Pattern.of(shape, 0,0,1,0,0, 0,0,1,0,0, 1,1,1,1,1, 0,0,1,0,0, 0,0,1,0,0));
 *     store.put("cross", Pattern.of(shape, 1,0,0,0,1, 0,1,0,1,0, 0,0,1,0,0, 0,1,0,1,0, 1,0,0,0,1));
 *     Cue torn = Cue.bipolar(store.pattern("cross"), Mask.lowerRight(shape, 3));
 *     Optional<Candidate> known = store.recall(torn).recognised();
 *     known.ifPresent(winner -> show(winner.key(), store.pattern(winner.neuron())));
 * }
 * }</pre>
 *
 * <h2>Its words</h2>
 *
 * <ul>
 *   <li>A <b>pattern</b> is a picture: one number for each pixel, 1 for white and 0 for black, or any real values
 *       ({@link org.engram.store.Pattern}). All patterns of a store have one {@link org.engram.store.Geometry}. R is the
 *       number of its pixels. Anything of as many bits or numbers can be a pattern, such as a hash or an iris code.
 *   <li>A <b>neuron</b> is a stored pattern: its number, its key and its weights. Numbers count from 0 in the order of storing.
 *       A neuron is never changed. Replacing or forgetting its key retires it; it then answers no more.
 *   <li>A <b>cue</b> is what is shown to the store: a pattern, some of its pixels perhaps hidden by a
 *       {@link org.engram.store.Mask} ({@link org.engram.store.Cue}). Each visible pixel votes. In the bipolar coding, the
 *       one to use, white votes +1 and black -1. The unipolar coding is that of the paper, for comparisons.
 *   <li>The <b>response</b> q of a neuron is the sum of the votes, each times the weight of its pixel: the more pixels agree,
 *       the higher it is. A recall ranks all live neurons by q, exactly. The first is the <b>winner</b>, and the first few are
 *       the candidates of the answer ({@link org.engram.store.Candidate}).
 *   <li>A pattern or cue is <b>two-valued</b>, or black and white, if its values are 0 and 1 only. Any other is
 *       <b>real-valued</b>, or grey.
 *   <li>The <b>deficit</b> of a neuron is the number of visible pixels in which it disagrees with a two-valued cue. Its
 *       <b>agreement</b> is the share in which it agrees. The <b>distance</b> of two neurons is the number, or share, of
 *       visible pixels in which they differ from each other. Among real values these are squared differences.
 *   <li>The <b>sketch</b> of a neuron is a sample of its pixels, 512 at most, which a recall reads first. A <b>rival</b>
 *       of the winner is a neuron that the winner is compared with, because its sketch fits the cue nearly as well.
 *   <li>The <b>contrast</b> says how far the rivals of the winner fall behind, as a share of how far they would fall behind
 *       if the winner were the truth: 1 if the winner is as good as sure, 0 if a rival fits as well.
 *   <li>The <b>verdict</b> says whether the store knew ({@link org.engram.store.Verdict}). There always is a winner, also for
 *       a stranger. It is RECOGNISED only if contrast and agreement reach the {@link org.engram.store.Criteria}. It is
 *       AMBIGUOUS if another neuron is the same on all that is visible, and else UNKNOWN. The
 *       {@link org.engram.store.Judgement} holds the reasons.
 * </ul>
 *
 * <h2>Where to begin</h2>
 *
 * <p>{@link org.engram.store.PatternStore} is the way in: it creates, opens, memorizes and recalls.
 * {@link org.engram.store.StoreOptions} say what a store is for life, {@link org.engram.store.OpenOptions} how one opening
 * behaves, {@link org.engram.store.RecallOptions} how one recall does. {@link org.engram.store.StoreCare} verifies, copies
 * and mends whole stores. {@link org.engram.store.StoreStats} counts.
 *
 * <h2>Threads, processes, errors</h2>
 *
 * <p>All types are safe for any number of threads. Values are immutable. One process may write to a store; any number may
 * read it meanwhile. The library starts no thread.
 *
 * <p>What goes wrong with a store, a key or a pattern is an {@link org.engram.store.EngramException}. Its subclass is the
 * meaning, its {@link org.engram.store.Diagnosis} holds the facts: what, file, offset, expected, found, and what to do. An
 * argument that is wrong in itself, such as a null, is a NullPointerException, an IllegalArgumentException or an
 * IndexOutOfBoundsException.
 *
 * <h2>The model</h2>
 *
 * <p>The store implements the M-Net / R-Net memory model of H. Inazawa, "The Method for Storing Patterns in Neural Networks:
 * Memorization and Recall of QR code Patterns". The R-Net displays a pattern, one pixel a neuron. The M-Net remembers: each
 * stored pattern becomes one M-Net neuron, whose weights are one stripe of floats in each direction. Equation numbers in
 * this package are the paper's. Nobody needs the paper to use the package.
 *
 * <p>The packages below {@code org.engram.store.internal} are not for hosts, and change without notice.
 */
@NullMarked
package org.engram.store;

import org.jspecify.annotations.NullMarked;
