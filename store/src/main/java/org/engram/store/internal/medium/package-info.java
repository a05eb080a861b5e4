/**
 * Files: how a store reads, writes, forces, renames, locks and closes them. Everything that a store does to a disk goes
 * through {@link org.engram.store.internal.medium.Medium}, except locking and mapping. Knows nothing of the format.
 */
@NullMarked
package org.engram.store.internal.medium;

import org.jspecify.annotations.NullMarked;
