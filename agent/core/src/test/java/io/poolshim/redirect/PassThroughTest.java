package io.poolshim.redirect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PassThroughTest {
    @Test
    void counts_areByReasonInOrder() {
        PassThrough passed = new PassThrough();
        assertEquals("{}", passed.counts().toString());
        passed.count("url");
        passed.count("driver");
        passed.count("url");
        assertEquals("{driver=1, url=2}", passed.counts().toString());
    }
}
