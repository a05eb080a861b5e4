package org.engram.store;

/**
 * The root of everything that Engram throws on bad input or a failing disk. The message is one line that says what is
 * wrong, where, what was expected, what was found, and what to do; the subclass is the meaning to catch by.
 */
@SuppressWarnings("serial")
public abstract sealed class EngramException extends RuntimeException {

    EngramException(String message) {
        super(message);
    }

    EngramException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The path does not hold an Engram store. */
    public static final class NotAStore extends EngramException {
        /**
         * Says what is wrong.
         *
         * @param message one line
         */
        public NotAStore(String message) {
            super(message);
        }
    }

    /** A store cannot be created here, because something is already there. */
    public static final class AlreadyExists extends EngramException {
        /**
         * Says what is wrong.
         *
         * @param message one line
         */
        public AlreadyExists(String message) {
            super(message);
        }
    }

    /** The store that is there has another geometry, layout or learning rule than the options ask for. */
    public static final class DifferentStore extends EngramException {
        DifferentStore(String message) {
            super(message);
        }
    }

    /** The store was written in a format that this version does not know. */
    public static final class NewerFormat extends EngramException {
        /**
         * Says what is wrong.
         *
         * @param message one line
         */
        public NewerFormat(String message) {
            super(message);
        }
    }

    /** The format of the store is too old for what was asked, and can be raised. */
    public static final class OlderFormat extends EngramException {
        /**
         * Says what is wrong.
         *
         * @param message one line
         */
        public OlderFormat(String message) {
            super(message);
        }
    }

    /** The bytes of the store contradict its own checksums, counts or order. */
    public static final class Corrupt extends EngramException {
        /**
         * Says what is wrong.
         *
         * @param message one line
         */
        public Corrupt(String message) {
            super(message);
        }
    }

    /** The bits of a store have nothing else that they could be derived from. */
    public static final class NotRebuildable extends EngramException {
        /**
         * Says what is wrong.
         *
         * @param message one line
         */
        public NotRebuildable(String message) {
            super(message);
        }
    }

    /** Another writer has the store open. */
    public static final class Locked extends EngramException {
        /**
         * Says what is wrong.
         *
         * @param message one line
         */
        public Locked(String message) {
            super(message);
        }
    }

    /** A change was asked of a store, or a directory, that can only be read. */
    public static final class ReadOnly extends EngramException {
        /**
         * Says what is wrong.
         *
         * @param message one line
         */
        public ReadOnly(String message) {
            super(message);
        }
    }

    /** The key already names a live neuron. */
    public static final class DuplicateKey extends EngramException {
        DuplicateKey(String message) {
            super(message);
        }
    }

    /** The key names no live neuron. */
    public static final class UnknownKey extends EngramException {
        /**
         * Says what is wrong.
         *
         * @param message one line
         */
        public UnknownKey(String message) {
            super(message);
        }
    }

    /** No neuron has this number, or its neuron was retired. */
    public static final class UnknownNeuron extends EngramException {
        /**
         * Says what is wrong.
         *
         * @param message one line
         */
        public UnknownNeuron(String message) {
            super(message);
        }
    }

    /** The key is empty, too long, or no well-formed Unicode. */
    public static final class InvalidKey extends EngramException {
        /**
         * Says what is wrong.
         *
         * @param message one line
         */
        public InvalidKey(String message) {
            super(message);
        }
    }

    /** The pattern or cue holds a value that is no finite number, or too few or too many values. */
    public static final class InvalidPattern extends EngramException {
        /**
         * Says what is wrong.
         *
         * @param message one line
         */
        public InvalidPattern(String message) {
            super(message);
        }
    }

    /** The pattern or cue has another width and height than the store. */
    public static final class WrongGeometry extends EngramException {
        WrongGeometry(String message) {
            super(message);
        }
    }

    /** The learning rule would not settle on this pattern. */
    public static final class DivergingRule extends EngramException {
        /**
         * Says what is wrong.
         *
         * @param message one line
         */
        public DivergingRule(String message) {
            super(message);
        }
    }

    /** The store was closed. */
    public static final class Closed extends EngramException {
        Closed(String message) {
            super(message);
        }
    }

    /** The operating system refused to read, write or force a file. */
    public static final class IoFailure extends EngramException {
        /**
         * Says what is wrong and why.
         *
         * @param message one line
         * @param cause what the system said
         */
        public IoFailure(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The store holds as many neurons as it can number. */
    public static final class Full extends EngramException {
        /**
         * Says what is wrong.
         *
         * @param message one line
         */
        public Full(String message) {
            super(message);
        }
    }

    /** The JVM was started without a flag that the store needs. */
    public static final class MissingJvmFlag extends EngramException {
        /**
         * Says what is wrong.
         *
         * @param message one line
         */
        public MissingJvmFlag(String message) {
            super(message);
        }
    }
}
