package io.poolshim.programs.fuzz;

import java.util.Random;

/** Literals in the forms that PostgreSQL has, each of them a secret. */
final class Literals {
    private final Random random;
    final Secrets secrets;

    Literals(Random random) {
        this.random = random;
        this.secrets = new Secrets(random);
    }

    String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    String any() {
        switch (random.nextInt(6)) {
            case 0:
            case 1:
                return number();
            case 2:
                return typed();
            default:
                return string();
        }
    }

    /** A string, as an expression of its own. */
    String string() {
        String word = secrets.word();
        switch (random.nextInt(22)) {
            case 0:
                return "'it''s " + word + "'";
            case 1:
                return "E'it\\'s " + word + "'";
            case 2:
                return "e'" + secrets.spelled("\\x%02x") + "'";
            case 3:
                return "E'" + secrets.spelled("\\%03o") + "\\\\'";
            case 4:
                return "E'" + secrets.spelled("\\u%04x") + "'";
            case 5:
                return "U&'" + secrets.spelled("\\%04x") + "'";
            case 6:
                return "u&'" + secrets.spelled("!%04x") + "' UESCAPE '!'";
            case 7:
                return "U&'" + secrets.spelled("\\+%06x") + "'";
            case 8:
                return "$$" + word + "$$";
            case 9:
                return "$tag$it's $$ " + word + " $t$ \" $tag$";
            case 10:
                return "$\u00e9_1$" + word + "'$\u00e9_1$";
            case 11:
                return "$\u2013$" + word + "'$\u2013$";
            case 12:
                return "'a'\n  '" + word + "'";
            case 13:
                return "E'a'\n '\\' " + word + "'";
            case 14:
                return "'/* " + word + " -- '";
            case 15:
                return "'\"" + word + "\"'";
            case 16:
                return "'C:\\" + word + "\\'";
            case 17:
                return "CAST('" + word + "' AS text)";
            case 18:
                return "text '" + word + "'";
            case 19:
                return "N'" + word + "'";
            case 20:
                return "'\ud83d\ude00\u00a0" + word + "\u2028'";
            default:
                return "'" + word + "'";
        }
    }

    String number() {
        String number = secrets.number();
        switch (random.nextInt(13)) {
            case 0:
                return "-" + number;
            case 1:
                return number + ".5";
            case 2:
                return "." + number;
            case 3:
                return number + "e3";
            case 4:
                return number.charAt(0) + "." + number.substring(1) + "E-8";
            case 5:
                return "0x" + secrets.hex();
            case 6:
                return "0b" + secrets.bits();
            case 7:
                return "0o" + secrets.octal();
            case 8:
                return number.substring(0, 2) + "_" + number.substring(2, 5) + "_" + number.substring(5);
            case 9:
                return "+" + number + ".";
            case 10:
                return number + "::bigint";
            default:
                return number;
        }
    }

    /** What is neither a plain string nor a number. */
    String typed() {
        String word = secrets.word();
        switch (random.nextInt(16)) {
            case 0:
                return "B'" + secrets.bits() + "'";
            case 1:
                return "x'" + secrets.hex() + "'";
            case 2:
                return "'\\x" + secrets.spelled("%02x") + "'::bytea";
            case 3:
                return "DATE '" + secrets.date() + "'";
            case 4:
                return "timestamp'" + secrets.date() + " 10:00'";
            case 5:
                return "INTERVAL '" + secrets.number() + " s'";
            case 6:
                return "'{" + word + ",\"" + word + " x\"}'::text[]";
            case 7:
                return "ARRAY['" + word + "', " + string() + "]";
            case 8:
                return "'{\"password\": \"" + word + "\", \"n\": " + secrets.number() + "}'::jsonb";
            case 9:
                return "'{\"password\": \"" + word + "\"}'::json ->> 'password'";
            case 10:
                return "'" + secrets.hex().substring(0, 8) + "-0000-0000-0000-000000000000'::uuid";
            case 11:
                return "inet '" + secrets.address() + "'";
            case 12:
                return "'(" + secrets.number() + ",2)'::point";
            case 13:
                return "'[" + secrets.number() + "," + secrets.number() + "]'::int4range";
            case 14:
                return "decode('" + secrets.spelled("%02x") + "', 'hex')";
            default:
                return "{d '" + secrets.date() + "'}";
        }
    }

    /** A comment, or a blank. */
    String blank() {
        String word = secrets.word();
        switch (random.nextInt(24)) {
            case 0:
                return " /* " + word + " */ ";
            case 1:
                return " /* it's /* nested " + word + " */ " + secrets.number() + " */ ";
            case 2:
                return " -- it's " + word + "\n";
            case 3:
                return "/*" + word + "'*/";
            case 4:
                return "\n\t";
            default:
                return " ";
        }
    }
}
