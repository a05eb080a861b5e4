/**
 * {@code engram stress}: measures how much damage a repair stands. It knows how {@code repair} repairs and what {@code
 * paper} teaches, and no other task.
 */
package org.engram.tools.stress;
