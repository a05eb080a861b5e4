/**
 * {@code engram stats} and {@code engram report}: what the patterns of a store are like, in numbers and as a page. They
 * know from {@code look} how a store is summed up, from {@code care} how it is verified, and no other task.
 */
package org.engram.tools.report;
