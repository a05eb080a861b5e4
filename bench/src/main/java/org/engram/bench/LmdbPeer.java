package org.engram.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/**
 * An LMDB environment with MDB_NOSYNC: every put is one write transaction, written to the file and not forced. The value
 * is copied straight into the page that is written; a get goes through one read transaction that is renewed.
 */
final class LmdbPeer implements KeyValuePeer {

    private static final long FIXED_BYTES = 64 << 20;

    private final Env<ByteBuffer> env;
    private final Dbi<ByteBuffer> dbi;
    private final Txn<ByteBuffer> reader;
    private final ByteBuffer key;

    LmdbPeer(Path directory, int entries, int bytes) {
        env = Env.create()
                .setMapSize(FIXED_BYTES + 3L * entries * (bytes + 4096))
                .setMaxDbs(1)
                .open(directory.toFile(), EnvFlags.MDB_NOSYNC);
        dbi = env.openDbi("entries", DbiFlags.MDB_CREATE);
        reader = env.txnRead();
        reader.reset();
        key = ByteBuffer.allocateDirect(env.getMaxKeySize());
    }

    @Override
    public void put(String name, byte[] value) {
        try (Txn<ByteBuffer> transaction = env.txnWrite()) {
            dbi.reserve(transaction, key(name), value.length).put(value);
            transaction.commit();
        }
    }

    @Override
    public boolean get(String name, byte[] into) {
        reader.renew();
        try {
            ByteBuffer found = dbi.get(reader, key(name));
            if (found == null) {
                return false;
            }
            found.get(into);
            return true;
        } finally {
            reader.reset();
        }
    }

    private ByteBuffer key(String name) {
        return key.clear().put(name.getBytes(UTF_8)).flip();
    }

    @Override
    public void close() {
        reader.close();
        env.close();
    }
}
