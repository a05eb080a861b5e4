/**
 * {@code engram verify}, {@code salvage}, {@code compact}, {@code copy}, {@code rebuild} and {@code diff}: verbs that
 * work on whole stores. No other task is known here.
 */
package org.engram.tools.care;
