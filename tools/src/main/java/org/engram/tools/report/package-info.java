/** {@code engram stats} and {@code engram report}: what the patterns of a store are like, in numbers and as a page. */
package org.engram.tools.report;
