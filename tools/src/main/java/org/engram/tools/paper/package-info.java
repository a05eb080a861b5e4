/**
 * The paper's experiments, repeated on a store of its 298 symbols: computing, then records of results, then the table,
 * the JSON document and the pictures that show them. No other task is known here.
 */
package org.engram.tools.paper;
