package org.engram.store;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that Engram throws on bad input or a failing disk. The message is one line that says what is
 * wrong, where, what was expected, what was found, and what to do; the subclass is the meaning to catch by.
 *
 * <p>A method of {@link PatternStore} that is given something wrong throws {@link InvalidKey} for a new key that is
 * empty, too long or malformed; {@link UnknownKey} for one that is not in use; {@link UnknownNeuron} for a number
 * without a neuron, and for a retired neuron where a live one is asked for; {@link WrongGeometry} for a pattern or cue
 * of another geometry; {@link DivergingRule} for a pattern to store on which the learning rule does not settle. A
 * method that opens a store throws {@link NotAStore} if there is none, {@link NewerFormat} if a newer version wrote it,
 * {@link Corrupt} if it is damaged, and, for writing, {@link Locked} if another writer has it open; the message names
 * its pid.
 */
@SuppressWarnings("serial")
public abstract sealed class EngramException extends RuntimeException {

    private final transient @Nullable Diagnosis diagnosis;

    EngramException(Diagnosis diagnosis) {
        this(diagnosis, null);
    }

    EngramException(Diagnosis diagnosis, @Nullable Throwable cause) {
        super(diagnosis.toString(), cause);
        this.diagnosis = diagnosis;
    }

    /** What is wrong, as values; the message is its sentence.
     * @return what, file, offset, expected, found and remedy; the sentence as {@code what} once it was serialised */
    public Diagnosis diagnosis() {
        // An exception that crossed a wire has its sentence alone.
        return diagnosis == null ? Diagnosis.of(String.valueOf(getMessage())) : diagnosis;
    }

    /** The path does not hold an Engram store. */
    public static final class NotAStore extends EngramException {
        /** Says what is wrong.
         * @param diagnosis as values */
        public NotAStore(Diagnosis diagnosis) {
            super(diagnosis);
        }
    }

    /** A store cannot be created here, because something is already there. */
    public static final class AlreadyExists extends EngramException {
        /** Says what is wrong.
         * @param diagnosis as values */
        public AlreadyExists(Diagnosis diagnosis) {
            super(diagnosis);
        }
    }

    /** The store that is there has another geometry, layout or learning rule than the options ask for. */
    public static final class DifferentStore extends EngramException {
        DifferentStore(Diagnosis diagnosis) {
            super(diagnosis);
        }
    }

    /** The store was written in a format that this version does not know. */
    public static final class NewerFormat extends EngramException {
        /** Says what is wrong.
         * @param diagnosis as values */
        public NewerFormat(Diagnosis diagnosis) {
            super(diagnosis);
        }
    }

    /** The bytes of the store contradict its own checksums, counts or order. */
    public static final class Corrupt extends EngramException {
        /** Says what is wrong.
         * @param diagnosis as values */
        public Corrupt(Diagnosis diagnosis) {
            super(diagnosis);
        }
    }

    /** The bits of a store have nothing else that they could be derived from. */
    public static final class NotRebuildable extends EngramException {
        /** Says what is wrong.
         * @param diagnosis as values */
        public NotRebuildable(Diagnosis diagnosis) {
            super(diagnosis);
        }
    }

    /** Another writer has the store open. */
    public static final class Locked extends EngramException {
        /** Says what is wrong.
         * @param diagnosis as values */
        public Locked(Diagnosis diagnosis) {
            super(diagnosis);
        }
    }

    /** A change was asked of a store, or a directory, that can only be read. */
    public static final class ReadOnly extends EngramException {
        /** Says what is wrong.
         * @param diagnosis as values */
        public ReadOnly(Diagnosis diagnosis) {
            super(diagnosis);
        }
    }

    /** A key already names a live neuron, or is twice among those to store. */
    public static final class DuplicateKey extends EngramException {

        /** Those in use, at least one. */
        private final List<String> keys;

        /** Says what is wrong.
         * @param keys those in use, at least one
         * @param diagnosis as values */
        public DuplicateKey(List<String> keys, Diagnosis diagnosis) {
            super(diagnosis);
            this.keys = List.copyOf(keys);
        }

        /** Which keys to choose anew.
         * @return one, or those of a batch that were in use; unmodifiable */
        public List<String> keys() {
            return keys;
        }
    }

    /** The key names no live neuron. */
    public static final class UnknownKey extends EngramException {

        /** As it was given. */
        private final String key;

        /** Says what is wrong.
         * @param key the key that was asked for
         * @param diagnosis as values */
        public UnknownKey(String key, Diagnosis diagnosis) {
            super(diagnosis);
            this.key = key;
        }

        /** The key that was asked for.
         * @return as it was given */
        public String key() {
            return key;
        }
    }

    /** No neuron has this number, or its neuron was retired. */
    public static final class UnknownNeuron extends EngramException {

        /** As it was given. */
        private final int neuron;

        /** Says what is wrong.
         * @param neuron the number that was asked for
         * @param diagnosis as values */
        public UnknownNeuron(int neuron, Diagnosis diagnosis) {
            super(diagnosis);
            this.neuron = neuron;
        }

        /** The number that was asked for.
         * @return as it was given, any int */
        public int neuron() {
            return neuron;
        }
    }

    /** The key is empty, too long, or no well-formed Unicode. */
    public static final class InvalidKey extends EngramException {
        /** Says what is wrong.
         * @param diagnosis as values */
        public InvalidKey(Diagnosis diagnosis) {
            super(diagnosis);
        }
    }

    /** The pattern or cue holds a value that is no finite number, or too few or too many values. */
    public static final class InvalidPattern extends EngramException {
        /** Says what is wrong.
         * @param diagnosis as values */
        public InvalidPattern(Diagnosis diagnosis) {
            super(diagnosis);
        }
    }

    /** The pattern or cue has another width and height than the store. */
    public static final class WrongGeometry extends EngramException {
        /** Says what is wrong.
         * @param diagnosis as values */
        public WrongGeometry(Diagnosis diagnosis) {
            super(diagnosis);
        }
    }

    /** The learning rule would not settle on this pattern. */
    public static final class DivergingRule extends EngramException {
        /** Says what is wrong.
         * @param diagnosis as values */
        public DivergingRule(Diagnosis diagnosis) {
            super(diagnosis);
        }
    }

    /** The store was closed. */
    public static final class Closed extends EngramException {
        /** Says what is wrong.
         * @param diagnosis as values */
        public Closed(Diagnosis diagnosis) {
            super(diagnosis);
        }
    }

    /** The store was replaced, moved or deleted since it was opened: reopen it, or what took its place. */
    public static final class Superseded extends EngramException {
        /** Says what is wrong.
         * @param diagnosis as values */
        public Superseded(Diagnosis diagnosis) {
            super(diagnosis);
        }
    }

    /** The operating system refused to read, write or force a file; the cause is what it said. */
    public static final class IoFailure extends EngramException {
        /** Says what is wrong and why.
         * @param diagnosis as values
         * @param cause what the system said */
        public IoFailure(Diagnosis diagnosis, Throwable cause) {
            super(diagnosis, Objects.requireNonNull(cause));
        }
    }

    /** The store holds as many neurons as it can number. */
    public static final class Full extends EngramException {
        /** Says what is wrong.
         * @param diagnosis as values */
        public Full(Diagnosis diagnosis) {
            super(diagnosis);
        }
    }

    /** A kernel or a mapping was asked for by name, and the JVM was started without a flag that it takes. */
    public static final class MissingJvmFlag extends EngramException {
        /** Says what is wrong.
         * @param diagnosis as values */
        public MissingJvmFlag(Diagnosis diagnosis) {
            super(diagnosis);
        }
    }
}
