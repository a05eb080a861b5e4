/**
 * {@code engram ls}, {@code show}, {@code info}, {@code watch} and {@code doctor}: verbs that only look at a store or a
 * machine. No other task is known here.
 */
package org.engram.tools.look;
