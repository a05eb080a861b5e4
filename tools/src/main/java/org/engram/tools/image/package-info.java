/**
 * Image files and patterns: reading, scaling, turning one into the other, writing. Nothing here knows a verb or a store
 * that is open.
 */
@NullMarked
package org.engram.tools.image;

import org.jspecify.annotations.NullMarked;
