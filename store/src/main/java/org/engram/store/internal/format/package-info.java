/**
 * The bytes: one class owns every number of a file's layout, with its diagram. {@code FORMAT.md} is the normative
 * description. Knows files, and nothing of what is done with the values.
 */
@NullMarked
package org.engram.store.internal.format;

import org.jspecify.annotations.NullMarked;
