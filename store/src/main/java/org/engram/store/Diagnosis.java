package org.engram.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is wrong, as values: every {@link EngramException} carries one, and so do the reports of {@link StoreCare}.
 * {@link #toString} makes the one sentence of it that a person reads. Immutable.
 *
 * <pre>{@code
 * journal is damaged: /data/symbols/journal: offset 64: expected sequence 2, found sequence 7; run engram verify
 * }</pre>
 *
 * @param what what is wrong, a clause such as {@code journal is damaged}
 * @param file the file or directory in which it is wrong; empty where it is in no file
 * @param offset where in that file, in bytes; empty where it is nowhere in particular
 * @param expected what should have been there; "" where only {@code found} is known, such as the system's reason
 * @param found what was there instead; "" where there is nothing to tell
 * @param remedy what to do about it, a clause; "" where there is nothing to do
 */
public record Diagnosis(
        String what, Optional<Path> file, OptionalLong offset, String expected, String found, String remedy) {

    /** Begins with what is wrong.
     * @param what a clause
     * @return a diagnosis of nothing more */
    public static Diagnosis of(String what) {
        return new Diagnosis(what, Optional.empty(), OptionalLong.empty(), "", "", "");
    }

    /** Says where it is wrong.
     * @param place a file or directory
     * @return a copy with it */
    public Diagnosis in(Path place) {
        return new Diagnosis(what, Optional.of(place), offset, expected, found, remedy);
    }

    /** Says where it is wrong.
     * @param place a file
     * @param position in bytes from its beginning
     * @return a copy with both */
    public Diagnosis in(Path place, long position) {
        return new Diagnosis(what, Optional.of(place), OptionalLong.of(position), expected, found, remedy);
    }

    /** Says what should have been there and what was.
     * @param wanted what should have been
     * @param was what was
     * @return a copy with both */
    public Diagnosis expected(Object wanted, Object was) {
        return new Diagnosis(what, file, offset, String.valueOf(wanted), String.valueOf(was), remedy);
    }

    /** Says what was found where nothing else was expected: a reason.
     * @param was what was found
     * @return a copy with it */
    public Diagnosis found(String was) {
        return new Diagnosis(what, file, offset, "", was, remedy);
    }

    /** Says what to do.
     * @param advice a clause
     * @return a copy with it */
    public Diagnosis remedy(String advice) {
        return new Diagnosis(what, file, offset, expected, found, advice);
    }

    /** Says the same of another thing that goes wrong because of it.
     * @param other a clause
     * @return a copy with it */
    public Diagnosis what(String other) {
        return new Diagnosis(other, file, offset, expected, found, remedy);
    }

    /** One sentence.
     * @return what, file, offset, expected, found and remedy, as far as they are known */
    @Override
    public String toString() {
        StringBuilder sentence = new StringBuilder(what);
        // If nothing was expected, the word what names something that failed with the file: "cannot write /data/x: disk
        // full".
        file.ifPresent(path -> sentence.append(expected.isEmpty() && !found.isEmpty() ? " " : ": ")
                .append(path));
        offset.ifPresent(at -> sentence.append(": offset ").append(at));
        if (!expected.isEmpty()) {
            sentence.append(": expected ").append(expected).append(", found ").append(found);
        } else if (!found.isEmpty()) {
            sentence.append(": ").append(found);
        }
        if (!remedy.isEmpty()) {
            sentence.append("; ").append(remedy);
        }
        return sentence.toString();
    }
}
