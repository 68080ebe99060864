package io.poolshim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
    private static final String END = "\npoolshim has answered\n";

    @Test
    void parse_givesCodeAndText() {
        Answer answer = Answer.parse("1\ntwo\nlines" + END);
        assertEquals(1, answer.code);
        assertEquals("two\nlines", answer.text);
        assertEquals("", Answer.parse("0\n" + END).text);
    }

    /** The command itself, if nobody answered; half an answer. */
    @ParameterizedTest
    @ValueSource(strings = {"", "status", "evict\nme@here", "0", "0\ntext\npoolshim has", "7\ntext" + END})
    void parse_takesNothingElseForAnAnswer(String file) {
        assertNull(Answer.parse(file));
    }
}
