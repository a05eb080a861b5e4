package org.engram.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BiFunction;
import org.engram.store.InterceptedMedium.Call;

/**
 * Mistakes of a protocol, made by a medium that drops, delays or doctors what a sound store asks of it, so that no code of
 * the store knows of them.
 */
enum SeededMistake implements PowerLossRun.Mistake {
    NO_FORCE_OF_STRIPES(Dropping.of((call, name) -> call == Call.FORCE && isPart(name))),
    NO_FORCE_OF_JOURNAL(Dropping.of((call, name) -> call == Call.FORCE && name.equals(StoreDirectory.JOURNAL))),
    SYNC_WRITTEN_BEFORE_THE_FORCE((sound, store) -> new ForcingLate(sound, true)),
    ALWAYS_ACKNOWLEDGES_BEFORE_THE_FORCE((sound, store) -> new ForcingLate(sound, false)),
    FAILED_FORCE_IGNORED((sound, store) -> new InterceptedMedium(sound) {
        @Override
        void on(Call call, Path path, Pending pending) throws IOException {
            try {
                pending.make();
            } catch (IOException e) {
                if (call != Call.FORCE) {
                    throw e;
                }
            }
        }
    }),
    REMAINS_OF_A_FAILED_APPEND_COUNT((sound, store) -> new InterceptedMedium(sound) {
        private boolean failed;

        @Override
        void on(Call call, Path path, Pending pending) throws IOException {
            boolean journal = nameOf(path).equals(StoreDirectory.JOURNAL);
            if (call == Call.SET_LENGTH && failed) {
                return;
            }
            try {
                pending.make();
                failed &= call != Call.WRITE;
            } catch (IOException e) {
                if (journal && call == Call.WRITE) {
                    failed = true;
                    pending.make();
                }
                throw e;
            }
        }
    }),
    TAIL_NOT_CUT(Dropping.of((call, name) -> call == Call.SET_LENGTH && name.equals(StoreDirectory.JOURNAL))),
    CUT_OF_THE_TAIL_NOT_FORCED((sound, store) -> new InterceptedMedium(sound) {
        private boolean cut;

        @Override
        void on(Call call, Path path, Pending pending) throws IOException {
            boolean journal = path.equals(store.resolve(StoreDirectory.JOURNAL));
            if (!(cut && journal && call == Call.FORCE)) {
                pending.make();
            }
            boolean over = call == Call.WRITE || (journal && call == Call.FORCE);
            cut = !over && (cut || (journal && call == Call.SET_LENGTH));
        }
    }),
    TAIL_CUT_BEFORE_IT_IS_KEPT(Dropping.of((call, name) -> call == Call.FORCE && name.startsWith("journal.cut-"))),
    NAMES_NOT_FORCED_BEFORE_THE_HEADER((sound, store) -> new InterceptedMedium(sound) {
        @Override
        void on(Call call, Path path, Pending pending) throws IOException {
            if (call != Call.FORCE_DIRECTORY || Files.exists(store.resolve(StoreDirectory.HEADER))) {
                pending.make();
            }
        }
    }),
    NAME_OF_THE_HEADER_NOT_FORCED(notForcedAfterRenameTo(StoreDirectory.HEADER)),
    HEADER_NOT_FORCED_BEFORE_ITS_RENAME(Dropping.of((call, name) -> call == Call.FORCE && name.equals("header.tmp"))),
    REBUILD_RENAMES_BEFORE_THE_FORCE(Dropping.of((call, name) -> call == Call.FORCE && name.endsWith(".bits.tmp"))),
    REBUILD_DOES_NOT_FORCE_WHAT_ITS_HEADER_COUNTS((sound, store) -> new InterceptedMedium(sound) {
        @Override
        void on(Call call, Path path, Pending pending) throws IOException {
            boolean rebuilding = Files.exists(store.resolve("plane.bits.tmp"));
            if (call != Call.FORCE || !rebuilding || nameOf(path).endsWith(StoreDirectory.UNFINISHED)) {
                pending.make();
            }
        }
    }),
    REBUILD_WRITES_THE_HEADER_BEFORE_THE_BITS((sound, store) -> new InterceptedMedium(sound) {
        private final List<Pending> renames = new ArrayList<>();

        @Override
        void on(Call call, Path path, Pending pending) throws IOException {
            if (call == Call.RENAME && isPart(nameOf(path))) {
                renames.add(pending);
                return;
            }
            pending.make();
            if (call == Call.RENAME) {
                makeAll(renames);
            } else if (call == Call.DELETE && nameOf(path).endsWith(".bits.tmp")) {
                renames.clear();
            }
        }
    }),
    REBUILD_DOES_NOT_FORCE_THE_NAMES_OF_THE_BITS(notForcedAfterRenameTo("sketch.bits", "plane.bits")),
    NAMES_NOT_FORCED_BY_A_NEW_WRITER((sound, store) -> new InterceptedMedium(sound) {
        private boolean reading;

        @Override
        void on(Call call, Path path, Pending pending) throws IOException {
            if (!(reading && call == Call.FORCE_DIRECTORY)) {
                pending.make();
            }
            reading = EnumSet.of(Call.OPEN, Call.LENGTH, Call.READ).contains(call);
        }
    }),
    COPY_TAKES_ITS_PLACE_BEFORE_THE_FORCE((sound, store) -> new InterceptedMedium(sound) {
        @Override
        void on(Call call, Path path, Pending pending) throws IOException {
            boolean unfinished = nameOf(path.getParent()).endsWith(StoreDirectory.UNFINISHED);
            if (!(call == Call.FORCE && unfinished)) {
                pending.make();
            }
        }
    }),
    ANY_RECORD_PASSES((sound, store) -> new Doctoring(sound, store) {
        @Override
        void doctor(ByteBuffer record, long offset) {
            seal(record, offset);
        }
    }),
    RECORD_OF_ANY_OFFSET_PASSES((sound, store) -> new Doctoring(sound, store) {
        @Override
        void doctor(ByteBuffer record, long offset) {
            for (long other = 0; other < 8192 && !isSealed(record, offset); other += JournalRecord.ALIGNMENT) {
                if (isSealed(record, other)) {
                    seal(record, offset);
                }
            }
        }
    }),
    STRIPES_NOT_CHECKED((sound, store) -> new Doctoring(sound, store) {
        @Override
        void doctor(ByteBuffer record, long offset) throws IOException {
            if (record.get(8) == JournalEntry.Type.MEMORIZE.code && isSealed(record, offset)) {
                for (Part part : header().parts()) {
                    believe(record, part);
                }
                seal(record, offset);
            }
        }
    });

    /** What could be wrong too, were it not that recovery checks every stripe that no SYNC vouches for. */
    enum Harmless implements PowerLossRun.Mistake {
        RECORD_WRITTEN_BEFORE_THE_STRIPES((sound, store) -> new InterceptedMedium(sound) {
            private final List<Pending> stripes = new ArrayList<>();

            @Override
            void on(Call call, Path path, Pending pending) throws IOException {
                if (call == Call.WRITE && isPart(nameOf(path))) {
                    stripes.add(pending);
                    return;
                }
                List<Pending> held = new ArrayList<>(stripes);
                stripes.clear();
                pending.make();
                makeAll(held);
            }
        }),
        JOURNAL_FORCED_BEFORE_THE_STRIPES((sound, store) -> new InterceptedMedium(sound) {
            private final List<Pending> stripes = new ArrayList<>();

            @Override
            void on(Call call, Path path, Pending pending) throws IOException {
                if (call == Call.FORCE && isPart(nameOf(path))) {
                    stripes.add(pending);
                    return;
                }
                pending.make();
                makeAll(stripes);
            }
        });

        @SuppressWarnings("ImmutableEnumChecker") // makes another medium every time
        private final BiFunction<Medium, Path, Medium> made;

        Harmless(BiFunction<Medium, Path, Medium> made) {
            this.made = made;
        }

        @Override
        public Medium over(Medium sound, Path store) {
            return made.apply(sound, store);
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // makes another medium every time
    private final BiFunction<Medium, Path, Medium> made;

    SeededMistake(BiFunction<Medium, Path, Medium> made) {
        this.made = made;
    }

    @Override
    public Medium over(Medium sound, Path store) {
        return made.apply(sound, store);
    }

    private static String nameOf(Path path) {
        return path.getFileName().toString();
    }

    private static boolean isPart(String name) {
        return Arrays.stream(Part.values()).anyMatch(part -> part.fileName.equals(name));
    }

    private static void makeAll(List<InterceptedMedium.Pending> held) throws IOException {
        List<InterceptedMedium.Pending> now = List.copyOf(held);
        held.clear();
        for (InterceptedMedium.Pending pending : now) {
            pending.make();
        }
    }

    private static BiFunction<Medium, Path, Medium> notForcedAfterRenameTo(String... names) {
        return (sound, store) -> new InterceptedMedium(sound) {
            private boolean renamed;

            @Override
            void on(Call call, Path path, Pending pending) throws IOException {
                if (!(renamed && call == Call.FORCE_DIRECTORY)) {
                    pending.make();
                }
                renamed = call == Call.RENAME && List.of(names).contains(nameOf(path));
            }
        };
    }

    /** Does not make some calls at all. */
    private static final class Dropping extends InterceptedMedium {

        private interface Dropped {
            boolean test(Call call, String name);
        }

        private final Dropped dropped;

        private Dropping(Medium sound, Dropped dropped) {
            super(sound);
            this.dropped = dropped;
        }

        static BiFunction<Medium, Path, Medium> of(Dropped dropped) {
            return (sound, store) -> new Dropping(sound, dropped);
        }

        @Override
        void on(Call call, Path path, Pending pending) throws IOException {
            if (!dropped.test(call, nameOf(path))) {
                pending.make();
            }
        }
    }

    /** Forces only when the next change comes, or even after it when that is a record. */
    private static final class ForcingLate extends InterceptedMedium {

        private final boolean afterRecords;
        private final List<Pending> forces = new ArrayList<>();

        ForcingLate(Medium sound, boolean afterRecords) {
            super(sound);
            this.afterRecords = afterRecords;
        }

        @Override
        void on(Call call, Path path, Pending pending) throws IOException {
            if (call == Call.FORCE) {
                forces.add(pending);
                return;
            }
            if (call == Call.LENGTH || call == Call.READ) {
                pending.make();
                return;
            }
            boolean record = afterRecords && call == Call.WRITE && nameOf(path).equals(StoreDirectory.JOURNAL);
            if (!record) {
                makeAll(forces);
            }
            pending.make();
            makeAll(forces);
        }
    }

    /** Shows other records than there are. */
    private abstract static class Doctoring extends InterceptedMedium {

        private static final int CRC_OFFSET = 4;
        private static final int NEURON_OFFSET = 24;
        private static final int FIRST_PART_OFFSET = 44;
        private static final List<Part> PARTS = List.of(Part.values());

        private final Path store;

        Doctoring(Medium sound, Path store) {
            super(sound);
            this.store = store;
        }

        abstract void doctor(ByteBuffer record, long offset) throws IOException;

        Header header() {
            return Header.read(store);
        }

        @Override
        void onRead(Path path, long position, byte[] bytes, int offset, int read) throws IOException {
            if (!nameOf(path).equals(StoreDirectory.JOURNAL)) {
                return;
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, read).slice().order(ByteOrder.LITTLE_ENDIAN);
            for (int at = 0; at + JournalRecord.HEAD <= read; ) {
                int length = buffer.getInt(at);
                boolean plausible = length >= JournalRecord.HEAD
                        && length <= JournalRecord.MAX_LENGTH
                        && length % JournalRecord.ALIGNMENT == 0
                        && at + length <= read;
                if (plausible) {
                    doctor(buffer.slice(at, length).order(ByteOrder.LITTLE_ENDIAN), position + at);
                }
                at += plausible ? length : JournalRecord.ALIGNMENT;
            }
        }

        boolean isSealed(ByteBuffer record, long offset) {
            return record.getInt(CRC_OFFSET) == crc(record, offset);
        }

        void seal(ByteBuffer record, long offset) {
            record.putInt(CRC_OFFSET, crc(record, offset));
        }

        private int crc(ByteBuffer record, long offset) {
            return Checksums.crc(record.array(), record.arrayOffset(), record.capacity(), offset, header().encode());
        }

        /** Has a record say that the stripe that is there is the right one. */
        void believe(ByteBuffer record, Part part) throws IOException {
            int neuron = record.getInt(NEURON_OFFSET);
            int length = (int) part.stripeBytes(header().geometry());
            byte[] file = Files.readAllBytes(store.resolve(part.fileName));
            if (header().isChecked(part, neuron) && file.length >= (neuron + 1) * length) {
                byte[] stripe = Arrays.copyOfRange(file, neuron * length, (neuron + 1) * length);
                record.putInt(FIRST_PART_OFFSET + PARTS.indexOf(part) * Integer.BYTES, Checksum.of(stripe));
            }
        }
    }
}
