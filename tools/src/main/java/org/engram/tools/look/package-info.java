/**
 * {@code engram ls}, {@code show}, {@code info}, {@code watch} and {@code doctor}: verbs that only look at a store. They know
 * from {@code care} how a store is verified, and no other task.
 */
package org.engram.tools.look;
