package org.engram.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * FAISS as it is installed on this machine for Python, in a process of its own. A question and its answer go through
 * pipes, which takes some 50 us, a part of a search in 20,000 codes that shows and of one in a million that does not.
 */
final class Faiss implements AutoCloseable {

    /** The system property that names the Python that has FAISS; without it the usual ones are tried. */
    static final String PYTHON_PROPERTY = "engram.bench.python";

    static final int NEAREST = 10;

    private static final String REMEDY = "apt-get install python3-faiss";
    private static final byte[] READY = "ready\n".getBytes(UTF_8);
    private static final int ANSWER_BYTES = NEAREST * Long.BYTES;

    private final Process process;
    private final OutputStream questions;
    private final DataInputStream answers;

    private Faiss(Process process) {
        this.process = process;
        this.questions = process.getOutputStream();
        this.answers = new DataInputStream(process.getInputStream());
    }

    /** The Python that has FAISS, if any has. */
    static Optional<String> python() {
        String chosen = System.getProperty(PYTHON_PROPERTY, "");
        return (chosen.isEmpty() ? List.of("/usr/bin/python3", "python3") : List.of(chosen))
                .stream().filter(python -> version(python).isPresent()).findFirst();
    }

    /** One line for the surroundings of a run. */
    static String describe() {
        return python().flatMap(Faiss::version)
                .map(version -> version + ", by one thread, asked through pipes")
                .orElse("not found: " + REMEDY);
    }

    private static Optional<String> version(String python) {
        String question = "import faiss; print(faiss.__version__, faiss.get_compile_options().strip())";
        try {
            Process process = new ProcessBuilder(python, "-c", question)
                    .redirectError(Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException notThere) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The Python that has FAISS; an error if none has. */
    static String require() {
        return python().orElseThrow(() -> new IllegalStateException(
                "no FAISS found: expected a Python that imports it, at /usr/bin/python3, in the path or where -D%s says; %s"
                        .formatted(PYTHON_PROPERTY, REMEDY)));
    }

    /** Starts it, and returns when all codes are in the index. The store holds symbols. */
    static Faiss start(FaissIndex index, int neurons, Path store) {
        String python = require();
        try (InputStream script = Faiss.class.getResourceAsStream("faiss.py")) {
            Faiss faiss = new Faiss(new ProcessBuilder(
                            python,
                            "-c",
                            new String(script.readAllBytes(), UTF_8),
                            index.name(),
                            String.valueOf(neurons),
                            store.resolve(PackedSymbols.SKETCHES).toString(),
                            store.resolve(PackedSymbols.PLANES).toString())
                    .redirectError(Redirect.INHERIT)
                    .start());
            faiss.awaitReady();
            return faiss;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask FAISS: " + e.getMessage(), e);
        }
    }

    private void awaitReady() throws IOException {
        byte[] ready = answers.readNBytes(READY.length);
        if (!Arrays.equals(READY, ready)) {
            process.destroyForcibly();
            throw new IOException("it ended before it was ready; what it said stands above");
        }
    }

    /** The numbers of the codes nearest to a query of {@value PackedSymbols#WORDS} words, the nearest first; -1 for none. */
    long[] search(long[] query) {
        ByteBuffer question = ByteBuffer.allocate(query.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        question.asLongBuffer().put(query);
        byte[] answer = new byte[ANSWER_BYTES];
        try {
            questions.write(question.array());
            questions.flush();
            answers.readFully(answer);
        } catch (IOException e) {
            throw new UncheckedIOException("FAISS does not answer: " + e.getMessage(), e);
        }
        long[] numbers = new long[NEAREST];
        ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder()).asLongBuffer().get(numbers);
        return numbers;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
