/**
 * The {@code engram} command: its tree of verbs, its completion scripts and the rehearsal of its start. It knows every
 * package below it; none of them knows it.
 */
package org.engram.tools;
