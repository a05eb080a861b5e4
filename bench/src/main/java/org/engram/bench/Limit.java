package org.engram.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a benchmark that does no work but shows what the machine allows. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Limit {

    /** Whether plots draw it, dashed; a variant that only stands in the table says false. */
    boolean drawn() default true;
}
