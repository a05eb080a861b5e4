/**
 * The paper's experiments, repeated on a store of its 298 symbols. One part computes, records hold the results, and the
 * table, the JSON document and the pictures show them. No other task is known here.
 */
package org.engram.tools.paper;
