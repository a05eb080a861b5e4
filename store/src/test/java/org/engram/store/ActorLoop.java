package org.engram.store;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;

/**
 * Runs the two actors of a jcstress test side by side for a moment, in this JVM: what jcstress does thoroughly, in many
 * JVMs and over minutes.
 */
final class ActorLoop {

    /** States that the two threads work through between two meetings. */
    private static final int STRIDE = 100;

    static final String PASSED = "passed ";

    private final Class<?> test;
    private final List<Method> actors;
    private final List<Method> arbiters;
    private final Class<?> resultType;
    private final Set<String> allowed;

    ActorLoop(Class<?> test) {
        this.test = test;
        this.actors = methods(Actor.class);
        this.arbiters = methods(Arbiter.class);
        this.resultType = Stream.concat(actors.stream(), arbiters.stream())
                .flatMap(method -> Arrays.stream(method.getParameterTypes()))
                .findFirst()
                .orElseThrow();
        this.allowed = Arrays.stream(test.getAnnotationsByType(Outcome.class))
                .flatMap(outcome -> Arrays.stream(outcome.id()))
                .collect(Collectors.toSet());
    }

    /** Runs the tests of the named classes for so many milliseconds each; says what came up, and what was forbidden. */
    public static void main(String[] args) throws Exception {
        long timeNs = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[0]));
        for (int i = 1; i < args.length; i++) {
            for (Class<?> test : testsOf(Class.forName(args[i]))) {
                ActorLoop loop = new ActorLoop(test);
                Map<String, Integer> outcomes = loop.run(timeNs);
                boolean passed = loop.allowed.containsAll(outcomes.keySet());
                System.out.println((passed ? PASSED : "FAILED ") + test.getName() + " " + outcomes);
            }
        }
    }

    /** The tests of a class: itself, or those it holds. */
    private static List<Class<?>> testsOf(Class<?> type) {
        return Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredClasses()))
                .filter(candidate -> candidate.isAnnotationPresent(JCStressTest.class))
                .toList();
    }

    private List<Method> methods(Class<? extends java.lang.annotation.Annotation> kind) {
        return Arrays.stream(test.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(kind) && Modifier.isPublic(method.getModifiers()))
                .toList();
    }

    /** How often each outcome came up until the time was over. */
    Map<String, Integer> run(long timeNs) throws Exception {
        Map<String, Integer> outcomes = new TreeMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(actors.size())) {
            long end = System.nanoTime() + timeNs;
            do {
                List<Object> states = many(test);
                List<Object> results = many(resultType);
                AtomicInteger ready = new AtomicInteger();
                List<Callable<Void>> work = new ArrayList<>();
                for (Method actor : actors) {
                    work.add(() -> {
                        ready.incrementAndGet();
                        while (ready.get() < actors.size()) {
                            Thread.onSpinWait();
                        }
                        return callAll(actor, states, results);
                    });
                }
                for (Future<Void> done : threads.invokeAll(work)) {
                    done.get();
                }
                for (Method arbiter : arbiters) {
                    callAll(arbiter, states, results);
                }
                results.forEach(result -> outcomes.merge(result.toString(), 1, Integer::sum));
            } while (System.nanoTime() < end);
        }
        return outcomes;
    }

    private static List<Object> many(Class<?> type) throws ReflectiveOperationException {
        List<Object> made = new ArrayList<>();
        for (int i = 0; i < STRIDE; i++) {
            made.add(type.getDeclaredConstructor().newInstance());
        }
        return made;
    }

    private static Void callAll(Method method, List<Object> states, List<Object> results)
            throws ReflectiveOperationException {
        boolean takesResult = method.getParameterCount() == 1;
        for (int i = 0; i < states.size(); i++) {
            Object state = states.get(i);
            if (takesResult) {
                method.invoke(state, results.get(i));
            } else {
                method.invoke(state);
            }
        }
        return null;
    }
}
