package org.engram.store.internal.neurons;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.engram.store.CloseStress;
import org.engram.store.fixture.Meeting;
import org.engram.store.internal.format.Header;
import org.engram.store.internal.format.LittleEndian;
import org.engram.store.internal.format.Part;
import org.engram.store.internal.format.StripeFile;
import org.engram.store.internal.medium.StoreDirectory;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two threads are the first that want a chunk: it is mapped once, and both get it whole. */
@JCStressTest
@State
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "one segment for both, readable")
public class MappingStress {

    private static final Path PATH = Path.of(System.getProperty(CloseStress.STORE, ""));

    private final Meeting<StripeMapping> meeting = new Meeting<>(MappingStress::open);
    private MemorySegment one;
    private MemorySegment other;

    private static StripeMapping open() {
        StripeFile file = StripeFile.open(StoreDirectory.onDisk(PATH), Header.read(PATH), Part.W);
        StripeMapping mapping = new StripeMapping(file);
        file.file().close();
        return mapping;
    }

    private MemorySegment chunk() {
        StripeMapping mapping = meeting.meet();
        MemorySegment chunk = mapping.chunkOf(0);
        boolean white = chunk.get(LittleEndian.FLOAT, 0) == 1;
        if (meeting.leaveLast()) {
            mapping.close();
        }
        return white ? chunk : null;
    }

    @Actor
    public void one() {
        one = chunk();
    }

    @Actor
    public void other() {
        other = chunk();
    }

    @Arbiter
    @SuppressWarnings({"MemorySegmentReferenceEquality", "ReferenceEquality"}) // mapped once means the same object
    public void judge(ZZ_Result r) {
        r.r1 = one == other;
        r.r2 = one != null && other != null;
    }
}
