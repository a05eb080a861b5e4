package org.engram.tools.options;

import java.util.List;

/** Verbs of another jar, which {@code java.util.ServiceLoader} finds where it is on the class path. */
public interface FurtherVerbs {

    /** The verb that they stand behind, such as {@code cluster}. */
    String of();

    /** Their classes, in the order of the help. */
    List<Class<?>> all();
}
