package io.poolshim.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The secret of those who may see and do everything; comparing takes as long whatever is presented. */
final class Token {
    private static final String SCHEME = "Bearer ";

    private final byte @Nullable [] digest; // of one length, and nothing is kept that could be shown

    /** Null: there is none, and nobody may. */
    Token(@Nullable String secret) {
        this.digest = secret == null ? null : digest(secret);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    boolean isConfigured() {
        return digest != null;
    }

    /** Whether a request's {@code Authorization} presents it. */
    boolean isPresentedBy(@Nullable String authorization) {
        return digest != null
                && authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        digest, digest(authorization.substring(SCHEME.length()).trim()));
    }
}
