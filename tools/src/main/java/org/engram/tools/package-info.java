/** The {@code engram} command: one class for every verb, and what they share. */
package org.engram.tools;
