/**
 * Arithmetic over memory: responses of stripes, equation (4), and counts of bits. The scalar and the vector kernels
 * give the same bits. They know no store.
 */
@NullMarked
package org.engram.store.internal.kernel;

import org.jspecify.annotations.NullMarked;
