package org.engram.cluster;

/** Does some work again and again, in a thread of its own. What fails is done again later. */
final class Repeating implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Repeating.class.getPackageName());
    private static final long PAUSE_MS = 100;

    private final String name;
    private final Runnable work;
    private volatile boolean stopped;

    Repeating(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    void begin() {
        Thread.ofPlatform().name(name).daemon().start(this::repeat);
    }

    private void repeat() {
        while (!stopped) {
            try {
                work.run();
            } catch (RuntimeException notNow) {
                LOG.log(System.Logger.Level.DEBUG, "{0} goes on later: {1}", name, notNow.getMessage());
            }
            Pause.ms(PAUSE_MS);
        }
    }

    @Override
    public void close() {
        stopped = true;
    }
}
