/**
 * From a cue to an answer: which neurons respond most, how far the others fall behind, and what that is worth. Reads neurons
 * and changes nothing.
 */
package org.engram.store.internal.recall;
