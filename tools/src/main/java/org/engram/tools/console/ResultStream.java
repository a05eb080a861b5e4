package org.engram.tools.console;

import java.io.IOException;
import java.io.OutputStream;

/** Passes bytes on and remembers what went wrong, which print streams do not tell. */
final class ResultStream extends OutputStream {

    private final OutputStream out;
    private IOException failure;

    ResultStream(OutputStream out) {
        this.out = out;
    }

    /** The first failure; null when all went through. */
    IOException failure() {
        return failure;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw remember(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw remember(e);
        }
    }

    private IOException remember(IOException e) {
        if (failure == null) {
            failure = e;
        }
        return e;
    }
}
