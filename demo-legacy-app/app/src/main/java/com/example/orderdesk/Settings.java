package com.example.orderdesk;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** What {@code app.properties} says, unless a system property of the same name says otherwise. */
final class Settings {
    private static final Properties FILE = load();

    private Settings() {}

    private static Properties load() {
        Properties properties = new Properties();
        InputStream in = Settings.class.getResourceAsStream("/app.properties");
        try {
            try {
                properties.load(in);
            } finally {
                in.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read app.properties", e);
        }
        return properties;
    }

    static String get(String key) {
        return System.getProperty(key, FILE.getProperty(key));
    }

    static int getInt(String key) {
        return Integer.parseInt(get(key));
    }
}
