package org.engram.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What one operation of a benchmark has to read or write: {@link #bytes} for each unit of a parameter. From it the
 * table computes a rate. On a class it holds for all its benchmarks. A benchmark without it has no rate.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@interface Touches {

    /** How many bytes for each unit of the parameter. */
    long bytes();

    /** The name of the parameter that says how many. */
    String each() default "neurons";
}
