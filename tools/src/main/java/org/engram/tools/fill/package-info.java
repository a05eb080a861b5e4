/**
 * {@code engram create}, {@code memorize} and {@code forget}: verbs that make a store and change what it knows. {@code
 * create} tells what it made as {@code look} does; no other task is known here.
 */
package org.engram.tools.fill;
