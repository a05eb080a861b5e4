/**
 * Whole stores, offline: verify, copy, compact, compare, rebuild, salvage. Reads committed records and stripes at positions,
 * and makes new stores beside the old. Never recalls.
 */
@NullMarked
package org.engram.store.internal.care;

import org.jspecify.annotations.NullMarked;
