/**
 * Whole stores, offline: verify, copy, compact, compare, rebuild, salvage. Reads committed records and stripes at positions,
 * and makes new stores beside the old. Never recalls.
 */
package org.engram.store.internal.care;
