/**
 * The {@code engram} command: its tree of verbs, its completion scripts and the rehearsal of its start. It knows every
 * room; no room knows it.
 */
package org.engram.tools;
