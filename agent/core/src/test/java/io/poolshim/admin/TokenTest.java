package io.poolshim.admin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TokenTest {
    private final Token token = new Token("s3cret");

    @Test
    void isPresentedBy_takesThatOneOnly() {
        assertTrue(token.isPresentedBy("Bearer s3cret"));
        assertTrue(token.isPresentedBy("bearer  s3cret "));
        for (String other :
                new String[] {"", "s3cret", "Basic s3cret", "Bearer", "Bearer ", "Bearer s3cre", "Bearer s3cretx"}) {
            assertFalse(token.isPresentedBy(other), other);
        }
        assertFalse(token.isPresentedBy(null));
    }

    @Test
    void isPresentedBy_isNeverTrueWithoutAToken() {
        assertFalse(new Token(null).isConfigured());
        assertFalse(new Token(null).isPresentedBy("Bearer "));
        assertFalse(new Token(null).isPresentedBy("Bearer null"));
    }
}
