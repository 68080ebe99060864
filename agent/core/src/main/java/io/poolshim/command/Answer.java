package io.poolshim.command;

import org.jspecify.annotations.Nullable;

/** What another JVM's agent answers to a command. The format is that of {@code io.poolshim.launch.Command}. */
final class Answer {
    private static final String END = "\npoolshim has answered\n";

    final int code;
    final String text;

    private Answer(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** Null if that is not, or not all of, an answer. */
    static @Nullable Answer parse(String file) {
        int line = file.indexOf('\n');
        if (!file.endsWith(END) || !file.substring(0, line).matches("[01]")) {
            return null;
        }
        int end = Math.max(line + 1, file.length() - END.length());
        return new Answer(Integer.parseInt(file.substring(0, line)), file.substring(line + 1, end));
    }
}
