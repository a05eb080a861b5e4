package org.engram.store.internal.watch;

/** What is recorded, each as an event of its own, which a host turns on and off. */
public enum Watched {
    OPEN,
    RECOVER,
    APPEND,
    RECALL,
    RECALL_ALL,
    SYNC,
    REFRESH,
    COMPACTION_DUE
}
