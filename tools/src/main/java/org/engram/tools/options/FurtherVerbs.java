package org.engram.tools.options;

import java.util.List;

/** Verbs of another jar. {@code java.util.ServiceLoader} finds them if that jar is on the class path. */
public interface FurtherVerbs {

    /** The verb behind which they stand, such as {@code cluster}. */
    String of();

    /** Their classes, in the order of the help. */
    List<Class<?>> all();
}
