package org.engram.store.internal.medium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.engram.store.EngramException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that was opened is closed, whatever fails on the way. */
class ResourcesTest {

    private final List<String> closed = new ArrayList<>();
    private final Resources resources = new Resources();

    private void add(String name) {
        resources.add(() -> {
            closed.add(name);
        });
    }

    private void addFailing(String name, RuntimeException failure) {
        resources.add(() -> {
            closed.add(name);
            throw failure;
        });
    }

    private void addFailing(String name, Error failure) {
        resources.add(() -> {
            closed.add(name);
            throw failure;
        });
    }

    @Test
    void theLastIsClosedFirstAndEachOnce() {
        add("a");
        add("b");
        add("c");
        resources.close();
        resources.close();
        assertEquals(List.of("c", "b", "a"), closed);
    }

    @Test
    void whatFailsKeepsNothingOpenAndTheFirstFailureIsTold() {
        RuntimeException one = new IllegalStateException("one");
        RuntimeException two = new IllegalStateException("two");
        add("a");
        addFailing("b", two);
        add("c");
        addFailing("d", one);
        assertSame(one, assertThrows(IllegalStateException.class, resources::close));
        assertArrayEquals(new Throwable[] {two}, one.getSuppressed());
        resources.close();
        assertEquals(List.of("d", "c", "b", "a"), closed);
    }

    @Test
    void whatAnErrorKeptFromClosingIsTriedOnceMore() {
        Error error = new StackOverflowError("deep");
        RuntimeException failure = new IllegalStateException("late");
        addFailing("a", failure);
        addFailing("b", error);
        add("c");
        assertSame(error, assertThrows(StackOverflowError.class, resources::close));
        assertArrayEquals(new Throwable[] {failure}, error.getSuppressed());
        assertSame(error, assertThrows(StackOverflowError.class, resources::close));
        assertEquals(List.of("c", "b", "a", "b"), closed);
    }

    @Test
    void aFailureBeforehandStaysTheFirst() {
        RuntimeException before = new IllegalStateException("before");
        Error error = new StackOverflowError("deep");
        add("a");
        addFailing("b", error);
        resources.closeAfter(before);
        assertArrayEquals(new Throwable[] {error}, before.getSuppressed());
        assertEquals(List.of("b", "a"), closed);
    }

    /** Once the heap is full for long, a JVM has one OutOfMemoryError for all. */
    @Test
    void anErrorThatComesAgainIsNotNotedOnItself() {
        Error error = new OutOfMemoryError("full");
        addFailing("a", error);
        add("b");
        addFailing("c", error);
        assertSame(error, assertThrows(OutOfMemoryError.class, resources::close));
        resources.closeAfter(error);
        assertArrayEquals(new Throwable[0], error.getSuppressed());
        assertEquals(List.of("c", "b", "a", "c", "a"), closed);
    }

    /** As if there was no heap left once it is open: its place is that which it had before. */
    @Test
    void whatIsTakenHasItsPlaceBeforeItIsOpened() {
        assertEquals(
                "outer",
                resources.take(
                        () -> {
                            add("inner");
                            return "outer";
                        },
                        closed::add));
        resources.close();
        assertEquals(List.of("inner", "outer"), closed);
    }

    @Test
    void whatCouldNotBeOpenedIsNotClosed() {
        Error error = new OutOfMemoryError("full");
        assertSame(error, assertThrows(OutOfMemoryError.class, () -> resources.take(() -> fail(error), closed::add)));
        add("a");
        resources.close();
        assertEquals(List.of("a"), closed);
    }

    private static String fail(Error error) {
        throw error;
    }

    @Test
    void aFileIsHandedOnAndClosed(@TempDir Path temp) throws Exception {
        Path path = Files.write(temp.resolve("file"), new byte[3]);
        StoreFile file = StoreFile.open(path, StoreDirectory.DISK, false, "");
        assertSame(file, resources.add(file));
        assertEquals(3, file.length());
        resources.close();
        assertThrows(EngramException.IoFailure.class, file::length);
    }
}
