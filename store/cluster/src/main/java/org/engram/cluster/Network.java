package org.engram.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.engram.store.Diagnosis;
import org.jgroups.JChannel;
import org.jgroups.PhysicalAddress;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.SERIALIZE;
import org.jgroups.protocols.SYM_ENCRYPT;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.stack.ProtocolStack;
import org.jgroups.util.Responses;

/**
 * The network between members. Its protocols are in {@code network.xml}, which alone names ports and addresses. With a
 * secret, everything that passes is encrypted. ChaCha20-Poly1305 authenticates, too: a message that was not sent with
 * the secret is dropped.
 */
final class Network {

    private static final String CIPHER = "ChaCha20-Poly1305";
    private static final int NONCE_BYTES = 12;
    private static final int KEY_BITS = 256;
    /** This many rounds make guessing a weak secret expensive. A member runs them once. */
    private static final int ITERATIONS = 200_000;

    /**
     * Processes that start at once each begin a cluster of one, and look for each other every 3 s. Becoming one takes up to
     * 5 s, and fails and begins anew when two of them try to lead.
     */
    private static final long MEET_LIMIT_NS = TimeUnit.SECONDS.toNanos(15);

    private Network() {}

    /** A channel that is not connected yet. */
    static JChannel channel(ClusterOptions options) {
        String stack = read().replace("@address@", options.address())
                .replace("@port@", String.valueOf(options.port()))
                .replace("@offset@", String.valueOf(ClusterOptions.WATCH_OFFSET))
                .replace("@hosts@", options.initialHosts());
        try {
            JChannel channel = new JChannel(new ByteArrayInputStream(stack.getBytes(StandardCharsets.UTF_8)));
            channel.setName(options.name());
            if (!options.secret().isEmpty()) {
                SYM_ENCRYPT encryption = new SYM_ENCRYPT();
                encryption.symAlgorithm(CIPHER);
                encryption.symIvLength(NONCE_BYTES);
                encryption.setSecretKey(key(options));
                ProtocolStack protocols = channel.getProtocolStack();
                protocols.insertProtocol(encryption, ProtocolStack.Position.BELOW, NAKACK2.class);
                // Alone, it would leave headers in the clear, and take a message without content from anybody.
                protocols.insertProtocol(new SERIALIZE(), ProtocolStack.Position.ABOVE, SYM_ENCRYPT.class);
                encryption.init();
            }
            return channel;
        } catch (Exception e) {
            throw new ClusterException(
                    Diagnosis.of("network cannot be set up").found(String.valueOf(e.getMessage())), e);
        }
    }

    private static SecretKeySpec key(ClusterOptions options) throws GeneralSecurityException {
        byte[] salt = ("engram cluster " + options.cluster()).getBytes(StandardCharsets.UTF_8);
        PBEKeySpec spec = new PBEKeySpec(options.secret().toCharArray(), salt, ITERATIONS, KEY_BITS);
        byte[] bytes = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(spec)
                .getEncoded();
        return new SecretKeySpec(bytes, CIPHER);
    }

    private static String read() {
        try (InputStream in = Network.class.getResourceAsStream("network.xml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Fails when another member of the cluster is within reach and this process was not let in: it has another secret,
     * or none. Only discovery is not encrypted, so that this can be noticed. Parts of a cluster that meet become one
     * within seconds, and so do processes that start at once. So this fails only after that time.
     */
    static void awaitLetIn(String who, JChannel channel, ClusterOptions options, long lookMs) {
        long deadline = System.nanoTime() + MEET_LIMIT_NS;
        List<String> strangers = strangers(channel, lookMs);
        while (!strangers.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new ClusterException(Diagnosis.of(who + " was not let in")
                        .expected(
                                "the secret of cluster " + options.cluster(),
                                options.secret().isEmpty() ? "none" : "another")
                        .remedy("give it the secret that %s has, or look why %s does not answer"
                                .formatted(strangers.getFirst(), strangers.getFirst())));
            }
            strangers = strangers(channel, lookMs);
        }
    }

    /** The members within reach that are not connected with this process, in words. */
    private static List<String> strangers(JChannel channel, long limitMs) {
        Discovery discovery = channel.getProtocolStack().findProtocol(Discovery.class);
        Responses responses = discovery.findMembers(null, false, false, limitMs);
        responses.waitFor(limitMs);
        return StreamSupport.stream(responses.spliterator(), false)
                .filter(found -> found.isServer() && !channel.getView().containsMember(found.getAddress()))
                .map(Network::place)
                .toList();
    }

    private static String place(PingData found) {
        PhysicalAddress at = found.getPhysicalAddr();
        return found.getLogicalName() + (at == null ? "" : " at " + at);
    }
}
