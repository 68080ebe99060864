package io.poolshim.redirect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** This class is the agent's own by its name, so what is found is the line of the test's runner that called it. */
class CallSitesTest {
    @Test
    void find_walksTheStackOfALibraryEachTime() {
        CallSites sites = new CallSites(type -> true);
        StackTraceElement found = sites.find(CallSitesTest.class);
        assertTrue(found.getClassName().startsWith("org.junit."), found::toString);
        assertEquals(found, sites.find(null));
    }

    @Test
    void find_remembersNoLineOfAnotherClass() throws Exception {
        CallSites sites = new CallSites(type -> true);
        StackTraceElement here = sites.find(Test.class); // no library by its name
        StackTraceElement[] inThread = new StackTraceElement[1];
        Thread thread = new Thread(() -> inThread[0] = sites.find(Test.class));
        thread.start();
        thread.join();
        assertNotEquals(here, inThread[0]);
    }
}
