package io.poolshim.registry;

import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.jdbc.DefaultTimeZone;
import io.poolshim.wrap.PooledDriver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;

/** Builds the keys of pools. */
public final class KeyBuilder {
    private static final byte SEPARATOR = 0;
    private static final Properties NONE = new Properties();

    private final byte[] secret = new byte[32];
    private final ThreadLocal<MessageDigest> digests = ThreadLocal.withInitial(KeyBuilder::newDigest);

    public KeyBuilder() {
        new SecureRandom().nextBytes(secret);
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /**
     * The key of a request that {@link LoginRules} found poolable.
     *
     * <p>Only the properties that the driver knows count, because real programs pass all system properties; but all of
     * them count as soon as one names a class, which may read any of them, or if the driver's are not known.
     */
    PoolKey key(PooledDriver driver, ConnectRequest request) {
        Properties given = request.info();
        Properties info = given == null ? NONE : given;
        Set<String> names = info.stringPropertyNames();
        Set<String> known = driver.properties();
        boolean all = known == null || LoginRules.namesClass(request.url(), names);
        MessageDigest digest = digests.get();
        digest.reset(); // the last one may have ended in an exception
        digest.update(secret);
        add(digest, request.url());
        add(digest, DefaultTimeZone.id());
        if (!names.contains("user")) {
            add(digest, System.getProperty("user.name", "")); // what the driver takes then
        }
        String[] sorted = names.toArray(new String[0]);
        Arrays.sort(sorted);
        for (String name : sorted) {
            if (known == null || all || known.contains(name)) {
                add(digest, name);
                add(digest, info.getProperty(name));
            }
        }
        return new PoolKey(driver, digest.digest());
    }

    /** Tells passwords apart, for as long as this JVM lives. */
    long secretOf(ConnectRequest request) {
        MessageDigest digest = digests.get();
        digest.reset();
        digest.update(secret);
        String password = request.value("password");
        add(digest, password == null ? "" : password);
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update(SEPARATOR);
    }
}
