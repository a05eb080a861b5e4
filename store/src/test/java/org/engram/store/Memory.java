package org.engram.store;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;

/** What a JVM still holds after a full collection: reachable objects of the store and of Chronicle, and direct memory. */
final class Memory {

    private static final List<String> OURS = List.of("org.engram.", "net.openhft.chronicle.bytes.");

    /** Cleaners run on a thread of their own, some time after a collection. */
    private static final int ATTEMPTS = 100;

    private Memory() {}

    /** Reachable instances by class, and bytes by kind of buffer. */
    static Map<String, Long> inUse() throws JMException {
        Map<String, Long> inUse = new TreeMap<>();
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        for (String line : histogram.split("\n", -1)) {
            String[] columns = line.strip().split("\\s+", -1);
            // A lambda that captures nothing is made once, when its line is first reached, and stays.
            if (columns.length >= 4
                    && OURS.stream().anyMatch(columns[3]::startsWith)
                    && !columns[3].contains("$$Lambda")) {
                inUse.merge(columns[3], Long.parseLong(columns[1]), Long::sum);
            }
        }
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            inUse.put("bytes of buffers: " + pool.getName(), pool.getMemoryUsed());
        }
        return inUse;
    }

    /** What there is more of than before; waits a while for cleaners that are still at it. */
    static Map<String, Long> grownSince(Map<String, Long> before) throws JMException, InterruptedException {
        Map<String, Long> grown = grown(before);
        for (int i = 0; i < ATTEMPTS && !grown.isEmpty(); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
            grown = grown(before);
        }
        return grown;
    }

    private static Map<String, Long> grown(Map<String, Long> before) throws JMException {
        Map<String, Long> grown = inUse();
        grown.entrySet().removeIf(now -> now.getValue() <= before.getOrDefault(now.getKey(), 0L));
        return grown;
    }
}
