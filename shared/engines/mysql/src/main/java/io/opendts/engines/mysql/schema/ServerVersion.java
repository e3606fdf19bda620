package io.opendts.engines.mysql.schema;

import java.util.Locale;

/**
 * What a server is.
 *
 * @param number major * 10000 + minor * 100 + patch, as in executable comments
 */
public record ServerVersion(boolean mariaDb, int number, String text) {

    /** Reads what {@code SELECT VERSION()} prints; MariaDB's replication prefix {@code 5.5.5-} is skipped. */
    public static ServerVersion parse(String text) {
        boolean mariaDb = text.toLowerCase(Locale.ROOT).contains("mariadb");
        String digits = mariaDb && text.startsWith("5.5.5-") ? text.substring(6) : text;
        String[] parts = digits.split("[^0-9]+", 4);
        int number = 0;
        for (int i = 0; i < 3; i++) {
            int part = i < parts.length && !parts[i].isEmpty() ? Integer.parseInt(parts[i]) : 0;
            number = number * 100 + part;
        }
        return new ServerVersion(mariaDb, number, text);
    }

    public boolean mySqlFrom(int atLeast) {
        return !mariaDb && number >= atLeast;
    }

    public boolean mariaDbFrom(int atLeast) {
        return mariaDb && number >= atLeast;
    }

    @Override
    public String toString() {
        return (mariaDb ? "MariaDB " : "MySQL ") + text;
    }
}
