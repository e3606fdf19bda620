package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.wire.MySqlConnection;

/** What a target makes of the text of a JSON document. */
enum JsonForm {
    /** MariaDB keeps it as it is. */
    TEXT,
    /** Newer MySQL servers read every double in it right. */
    EXACT,
    /** MySQL 5.7 and early 8.0 miss the last bit of some doubles. */
    ROUGH;

    /** Doubles that the servers in question read wrong: more digits than 53 bits have, and large and small exponents. */
    private static final String PROBE = "[1.2345678901234567e20, 7.872028834664952e-200, 7.934814688271425e294, 2.2250738585072014e-308]";

    static JsonForm of(MySqlConnection connection) {
        if (connection.mariaDb()) {
            return TEXT;
        }
        String read = connection.query("SELECT CAST(CAST('" + PROBE + "' AS JSON) AS CHAR)").text(0, 0);
        return PROBE.equals(read) ? EXACT : ROUGH;
    }
}
