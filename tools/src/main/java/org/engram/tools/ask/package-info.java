/**
 * {@code engram recall} and {@code plot}: they make a cue of what the user names, ask a store, and tell and explain the
 * answer. No other task is known here.
 */
package org.engram.tools.ask;
