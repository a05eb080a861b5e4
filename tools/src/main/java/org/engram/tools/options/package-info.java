/** Options and arguments that several verbs share, as picocli mixins and converters. They know the console, how images are read, and no task. */
package org.engram.tools.options;
