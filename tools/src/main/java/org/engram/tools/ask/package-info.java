/**
 * {@code engram recall} and {@code plot}: a cue is made of what the user names, a store is asked, and the answer is
 * told and explained. No other task is known here.
 */
package org.engram.tools.ask;
