/**
 * {@code engram stress}: measures how much damage symbols can have and still be repaired. It knows how {@code repair}
 * repairs and what {@code paper} teaches, and no other task.
 */
package org.engram.tools.stress;
