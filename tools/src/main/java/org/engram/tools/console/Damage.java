package org.engram.tools.console;

import java.util.List;

/** Points those who find damage to {@code engram salvage}, unless they were told what mends all of it. */
public final class Damage {

    private static final String SALVAGE = "engram salvage makes a new store of what is whole";

    private Damage() {}

    /** What to do about problems when there is no copy; empty when there is nothing to add to what they say. */
    public static String advice(List<String> problems) {
        return problems.stream().allMatch(Damage::hasAdvice) ? "" : SALVAGE;
    }

    /** A problem as the store tells it, and what to do when there is no copy. */
    public static String withAdvice(String problem) {
        return withAdvice(problem, List.of(problem));
    }

    /** A sentence about problems, and what to do when there is no copy. */
    public static String withAdvice(String sentence, List<String> problems) {
        String advice = advice(problems);
        return advice.isEmpty() ? sentence : sentence + "; " + advice;
    }

    private static boolean hasAdvice(String problem) {
        return problem.contains("engram rebuild") || problem.contains("engram salvage");
    }
}
