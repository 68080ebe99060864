package io.poolshim.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
    /** As JVMs of 8 to 25 say it, and what is made of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The VM does not support the attach mechanism|-XX:+DisableAttachMechanism",
                "Unable to open socket file: target process not responding or HotSpot VM not loaded|does not answer",
                "Unable to open socket file /tmp/.java_pid7: target process 7 doesn't respond|does not answer",
                "Dynamic agent loading is not enabled. Use -XX:+EnableDynamicAgentLoading|-XX:+EnableDynamicAgentLoading",
                "No such process|is not there",
                "Operation not permitted|another user",
                "well-known file /tmp/.java_pid7 is not secure: file should be owned by the current user|another user",
                "Can not attach to current VM|this command itself",
                "Agent JAR not found or no Agent-Class attribute|cannot read this jar",
                "the moon is full|cannot be attached to: java.io.IOException: the moon is full"
            })
    void refusal_saysWhatToDo(String message, String told) {
        String text = Refusals.explain("7", new java.io.IOException(message)).getMessage();
        assertTrue(text.startsWith("process 7 ") && text.contains(told), text);
    }
}
