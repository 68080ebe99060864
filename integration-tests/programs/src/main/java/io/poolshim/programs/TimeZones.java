package io.poolshim.programs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.Map;
import java.util.TimeZone;

/** Times as they look from here and from there. */
final class TimeZones {
    private TimeZones() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("zones.set-in-the-session", TimeZones::setInTheSession);
        all.put("zones.changed-while-connected", TimeZones::changedWhileConnected);
        all.put("zones.calendars", TimeZones::calendars);
        all.put("zones.java-time", TimeZones::javaTime);
        all.put("zones.summer-time", TimeZones::summerTime);
        all.put("zones.in-threads", TimeZones::inThreads);
    }

    static void setInTheSession(Env env) throws Exception {
        for (String zone : new String[] {"Asia/Kolkata", "America/Caracas", "UTC"}) {
            try (Connection c = env.connect()) {
                env.execute(c, "SET TIME ZONE '" + zone + "'");
                env.print(
                        zone,
                        env.query(c, "SELECT '2024-01-01 00:00:00+00'::timestamptz, current_setting('TimeZone')"));
            }
            try (Connection c = env.connect()) {
                c.setAutoCommit(false);
                env.execute(c, "SET LOCAL TIME ZONE '" + zone + "'");
                c.commit();
                String same = "SELECT current_setting('TimeZone') = '"
                        + TimeZone.getDefault().getID() + "'";
                env.print("the JVM's", env.query(c, same));
            }
        }
    }

    static void changedWhileConnected(Env env) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Paris"));
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT ?::timestamptz")) {
                TimeZone.setDefault(TimeZone.getTimeZone(i % 2 == 0 ? "Asia/Tokyo" : "UTC"));
                p.setTimestamp(1, new Timestamp(0));
                try (ResultSet r = p.executeQuery()) {
                    r.next();
                    env.print("as text", r.getString(1));
                    env.print("as time", r.getTimestamp(1));
                }
                env.print("session", env.query(c, "SHOW TimeZone"));
            }
        }
    }

    static void calendars(Env env) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
        for (int i = 0; i < 7; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT ?::timestamp, '2024-05-05 10:00'::timestamp,"
                            + " '2024-05-05'::date, '10:00'::time")) {
                p.setTimestamp(1, new Timestamp(0), tokyo);
                try (ResultSet r = p.executeQuery()) {
                    r.next();
                    env.print("set", r.getString(1));
                    env.print("get", r.getTimestamp(2, tokyo) + " " + r.getDate(3, tokyo) + " " + r.getTime(4, tokyo));
                }
            }
        }
    }

    static void javaTime(Env env) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone("Australia/Adelaide"));
        for (int i = 0; i < 7; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT ?::timestamptz, ?::timestamp, ?::date")) {
                p.setObject(1, OffsetDateTime.of(2024, 1, 2, 3, 4, 5, 0, ZoneOffset.ofHours(-5)));
                p.setObject(2, LocalDateTime.of(2024, 1, 2, 3, 4));
                p.setObject(3, LocalDate.of(2024, 1, 2));
                try (ResultSet r = p.executeQuery()) {
                    r.next();
                    env.print("offset", r.getObject(1, OffsetDateTime.class));
                    env.print("local", r.getObject(2, LocalDateTime.class) + " " + r.getObject(3, LocalDate.class));
                    env.print("legacy", r.getTimestamp(1) + " " + r.getTimestamp(2));
                }
            }
        }
    }

    static void summerTime(Env env) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT ?::timestamptz, ?::timestamp")) {
                p.setTimestamp(1, Timestamp.valueOf("2024-03-10 02:30:00"));
                p.setTimestamp(2, Timestamp.valueOf("2024-11-03 01:30:00"));
                env.print("gap and overlap", Env.text(p.executeQuery()));
            }
        }
    }

    /** The zone at the time of connecting is the session's, whoever connects. */
    static void inThreads(Env env) throws Exception {
        for (String zone : new String[] {"UTC", "Africa/Cairo", "UTC", "Africa/Cairo"}) {
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            env.print(
                    "thread",
                    Concurrently.start(() -> env.print(zone, env.query("SHOW TimeZone")))
                            .outcome());
        }
    }
}
