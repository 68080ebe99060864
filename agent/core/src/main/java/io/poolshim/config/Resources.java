package io.poolshim.config;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What comes with the agent in its jar, beside its classes. */
public final class Resources {
    private static final int BUFFER = 8192;

    private Resources() {}

    /** All that is left of a stream. */
    public static byte[] bytes(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            bytes.write(buffer, 0, count);
        }
        return bytes.toByteArray();
    }

    /** A text in UTF-8 beside a class. */
    public static String text(Class<?> beside, String name) throws IOException {
        try (InputStream in = open(beside, name)) {
            return new String(bytes(in), StandardCharsets.UTF_8);
        }
    }

    /** The lines of a list beside a class, without blanks around them and without those that begin with a {@code #}. */
    public static List<String> lines(Class<?> beside, String name) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(open(beside, name), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    lines.add(line.trim());
                }
            }
        }
        return lines;
    }

    private static InputStream open(Class<?> beside, String name) throws FileNotFoundException {
        InputStream in = beside.getResourceAsStream(name);
        if (in == null) {
            throw new FileNotFoundException(name);
        }
        return in;
    }
}
