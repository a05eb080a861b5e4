package org.engram.tools.transfer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.engram.store.EngramException;
import org.engram.store.Pattern;
import org.engram.tools.console.Ending;
import org.engram.tools.console.ExitCode;
import org.engram.tools.console.Failure;
import org.engram.tools.console.Interruption;
import org.engram.tools.console.ProgressLine;
import org.engram.tools.console.Text;

/** Stores the items of a source in their order, each whole or not at all, and counts the results. */
final class Importer {

    static final int MOST_NAMED = 10_000;

    /** An item with its pattern, or with the failure that left it without one. */
    private record Outcome(Item item, Item.Decoded decoded, RuntimeException failed) {}

    record Skipped(String name, String reason) {}

    /** The results so far. Replaced items are stored, too. Only the first of the skipped items are listed. */
    record Counts(long stored, long replaced, long passedOver, long skipped, List<Skipped> skippedItems) {

        long done() {
            return stored + passedOver + skipped;
        }
    }

    private final Target store;
    private final boolean replace;
    private final boolean strict;
    private final Consumer<String> onSkipped;
    private final Set<String> seen = new HashSet<>();
    private final List<Skipped> skippedItems = new ArrayList<>();
    private volatile long total;
    private long stored;
    private long replaced;
    private long passedOver;
    private long skipped;

    Importer(Target store, boolean replace, boolean strict, Consumer<String> onSkipped) {
        this.store = store;
        this.replace = replace;
        this.strict = strict;
        this.onSkipped = onSkipped;
    }

    /** Fails if the source breaks off, if the store takes no more, or if, with strict, an item cannot be stored. */
    void run(Source source, Interruption interruption, ProgressLine progress) {
        InOrder<Item, Outcome> order = new InOrder<>(
                store.geometry().pixels(), source.waitsInDecoding(), () -> next(source), Importer::decode);
        List<Outcome> batch = new ArrayList<>();
        try {
            order.run(interruption::check, outcome -> {
                batch.add(outcome);
                if (batch.size() == store.batch()) {
                    take(batch, progress);
                }
            });
        } finally {
            // Items before a source broke off are good. Items that an interrupt left open are not begun.
            if (!interruption.isAsked()) {
                take(batch, progress);
            }
        }
    }

    private void take(List<Outcome> open, ProgressLine progress) {
        List<Outcome> batch = List.copyOf(open);
        open.clear();
        if (batch.isEmpty()) {
            return;
        }
        store.begin(batch.stream()
                .filter(outcome -> outcome.failed() == null)
                .map(outcome -> outcome.item().key())
                .toList());
        try {
            batch.forEach(this::take);
        } finally {
            store.end();
        }
        long done = counts().done();
        progress.at(done, Math.max(done, total));
    }

    private Item next(Source source) {
        Item item = source.next();
        total = source.total();
        return item;
    }

    private static Outcome decode(Item item) {
        try {
            return new Outcome(item, item.decoding().get(), null);
        } catch (Failure | EngramException | IllegalArgumentException e) {
            return new Outcome(item, null, e);
        }
    }

    private void take(Outcome outcome) {
        if (outcome.failed() != null) {
            skip(outcome.item(), outcome.failed(), outcome.failed() instanceof Failure);
            return;
        }
        try {
            store(outcome.item().key(), outcome.decoded());
        } catch (Failure | EngramException e) {
            if (Ending.exitCode(e) != ExitCode.USAGE) {
                throw e; // it is about the store, and not about the item
            }
            skip(outcome.item(), e, false);
        }
    }

    private void store(String key, Item.Decoded decoded) {
        boolean first = seen.add(key);
        if (store.holds(key, decoded.pattern())) {
            passedOver++;
        } else if (replace && first) {
            replaced += store.put(key, decoded.pattern()) ? 1 : 0;
            stored++;
        } else {
            memorize(key, decoded.pattern(), first);
            stored++;
        }
        decoded.onStored().run();
    }

    private void memorize(String key, Pattern pattern, boolean first) {
        try {
            store.memorize(key, pattern);
        } catch (EngramException.DuplicateKey e) {
            throw Failure.usage((first
                            ? "key %s is in use for another pattern; --replace puts this one in its place"
                            : "key %s came before with another pattern; give it another key")
                    .formatted(Text.quoted(key)));
        }
    }

    private void skip(Item item, RuntimeException e, boolean namesItem) {
        String said = Ending.line(e);
        String reason = namesItem ? said : item.name() + ": " + said;
        if (strict) {
            int code = e instanceof IllegalArgumentException ? ExitCode.USAGE : Ending.exitCode(e);
            throw new Failure(code, "stopped, %s stored: %s".formatted(Text.count(stored), reason), e);
        }
        skipped++;
        onSkipped.accept("skipped: " + reason);
        if (skippedItems.size() < MOST_NAMED) {
            skippedItems.add(new Skipped(item.name(), said));
        }
    }

    Counts counts() {
        return new Counts(stored, replaced, passedOver, skipped, skippedItems);
    }
}
