package io.poolshim.sql;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads one text of SQL for what it leaves in its session, without a catalogue. */
final class HabitScan extends SqlScan {
    private static final int WORDS = 16;

    private final Set<Habit> found = EnumSet.noneOf(Habit.class);
    private final List<String> words = new ArrayList<>(WORDS); // the first ones of the statement
    private boolean custom; // in this statement

    HabitScan(String sql) {
        super(sql, false, null);
    }

    Set<Habit> habits() {
        SqlVerdict verdict = verdict();
        endStatement();
        if (verdict.leavesTemporary()) {
            found.add(Habit.TEMPORARY);
        }
        for (String function : functions()) {
            if (!function.equals("setseed") && !function.startsWith("dblink")) {
                found.add(Habit.FUNCTION);
            }
        }
        return found;
    }

    @Override
    boolean isOpaqueAt(String token) {
        if (token.equals(";")) {
            endStatement();
            return false;
        }
        if (words.size() < WORDS) {
            words.add(token);
        }
        if (token.startsWith("pg_") && token.contains("advisory_lock")) {
            found.add(Habit.ADVISORY_LOCK); // those of a transaction are called pg_advisory_xact_lock
        }
        boolean opaque = super.isOpaqueAt(token);
        if (token.equals("set_config")) {
            found.add(opaque ? Habit.CUSTOM_SETTING : Habit.SETTING);
        } else if (opaque && isSet() && !token.equals("seed")) {
            custom = true;
        } else if (opaque) {
            found.add(Habit.UNKNOWN);
        }
        return opaque;
    }

    /** {@code COPY (SELECT …)}. */
    @Override
    boolean isWordBeforeParenthesis(String word) {
        return word.equals("copy");
    }

    private boolean isSet() {
        return words.get(0).equals("set") || words.get(0).equals("reset");
    }

    private String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }

    private void endStatement() {
        if (custom) {
            found.add(Habit.CUSTOM_SETTING);
        } else {
            classify();
        }
        custom = false;
        words.clear();
    }

    private void classify() {
        switch (word(0)) {
            case "set":
                set(word(1).equals("session") ? word(2) : word(1));
                break;
            case "listen":
                found.add(Habit.LISTEN);
                break;
            case "copy":
                found.add(Habit.COPY);
                break;
            case "prepare":
                if (!word(1).equals("transaction")) {
                    found.add(Habit.PREPARED);
                }
                break;
            case "declare":
                int hold = words.indexOf("hold");
                if (hold > 0 && words.get(hold - 1).equals("with")) {
                    found.add(Habit.HELD_CURSOR);
                }
                break;
            default: // leaves nothing
        }
    }

    private void set(String what) {
        switch (what) {
            case "local":
            case "transaction":
            case "constraints":
                break; // until the transaction ends
            case "role":
            case "authorization":
                found.add(Habit.ROLE);
                break;
            default:
                found.add(Habit.SETTING);
        }
    }

    /** Whether it leaves anything only a catalogue can tell, which is not read here. */
    @Override
    int flagsOfCall(String name) {
        return 0;
    }
}
