/**
 * An embeddable, memory-mapped store of patterns under keys, after the M-Net / R-Net memory model of H. Inazawa, "The
 * Method for Storing Patterns in Neural Networks: Memorization and Recall of QR code Patterns". Equation numbers in this
 * package are the paper's.
 *
 * <p>{@link org.engram.store.PatternStore} is the way in. Below it data flows one way: recall (Recognizer, which chooses
 * between BitSearch and FloatSearch, and BatchRecognizer, over BitKernel and ResponseKernel) and learning (StoreWriter,
 * Learner) over the format (Header, JournalRecord, JournalScan, Intake, NeuronTable, KeyIndex, StripeLayout, BitLayout) over
 * files (StoreFile, StripeMapping, and Weights, which knows what a layout keeps). FORMAT.md is the normative description of
 * the files.
 */
package org.engram.store;
