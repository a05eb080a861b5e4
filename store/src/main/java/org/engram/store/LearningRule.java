package org.engram.store;

/**
 * How a store turns a pattern d into the two weight vectors of its neuron; fixed when the store is created.
 *
 * <p>R-Net side, equation (2), from w = 0: {@code w_j += epsW (d_j - y_j) x} with {@code y_j = w_j x} and x = 1.
 * M-Net side, equation (6), from v = 0: {@code v_j += epsV (theta - q) y_j} with {@code q = sum_j v_j y_j}. Each is run
 * {@code steps} times, y and q being recomputed before every step.
 *
 * @param epsW learning rate of w, above 0; below 2 when there is more than one step, or w would not settle
 * @param epsV learning rate of v, above 0; with more than one step a pattern with {@code epsV |y|^2 >= 2} is refused
 * @param theta the response that v is trained towards, above 0
 * @param steps how often each equation is applied, 1 to {@value #MAX_STEPS}
 */
public record LearningRule(float epsW, float epsV, float theta, int steps) {

    /** The most steps a rule may take; a memorize with more would look like a hang. */
    public static final int MAX_STEPS = 10_000;

    /** The paper's constants: one step with epsW = epsV = theta = 1, so that w = d (equation 3) and v = y. */
    public static final LearningRule PAPER = new LearningRule(1, 1, 1, 1);

    /** Checks the constants.
     * @throws IllegalArgumentException if one is out of range */
    public LearningRule {
        String fault = fault(epsW, epsV, theta, steps);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException("learning rule refused: " + fault);
        }
    }

    /** What is wrong with constants, in one clause; "" when nothing is. */
    private static String fault(float epsW, float epsV, float theta, int steps) {
        if (!(epsW > 0 && Float.isFinite(epsW))) {
            return "epsW must be a finite number above 0, found " + epsW;
        }
        if (!(epsV > 0 && Float.isFinite(epsV))) {
            return "epsV must be a finite number above 0, found " + epsV;
        }
        if (!(theta > 0 && Float.isFinite(theta))) {
            return "theta must be a finite number above 0, found " + theta;
        }
        if (steps < 1 || steps > MAX_STEPS) {
            return "steps must be 1 to " + MAX_STEPS + ", found " + steps;
        }
        if (steps > 1 && epsW >= 2) {
            return "epsW must be below 2 when there is more than one step, found " + epsW;
        }
        return "";
    }
}
