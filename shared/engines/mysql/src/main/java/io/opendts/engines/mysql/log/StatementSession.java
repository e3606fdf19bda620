package io.opendts.engines.mysql.log;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the session of a logged statement was set to, as far as the log says it. Source: the status variables of Query_event in MySQL's
 * and MariaDB's replication protocol documentation.
 *
 * @param sqlMode         0 where it is not told
 * @param clientCollation by its number; 0 where it is not told
 * @param serverCollation by its number, of databases that are made without one; 0 where it is not told
 * @param timeZone        empty where the statement did not depend on it
 * @param micros          of the second in which it ran; 0 where it did not depend on them
 * @param explicitTimestamps its explicit_defaults_for_timestamp; empty where it is not told
 * @param ownCollations   whether it says by itself which collation a character set has by default
 */
record StatementSession(long sqlMode, int clientCollation, int serverCollation, String timeZone, int micros,
                        Optional<Boolean> explicitTimestamps, boolean ownCollations) {

    private static final long MODE_ANSI_QUOTES = 0x4;
    private static final long MODE_NO_BACKSLASH_ESCAPES = 0x10_0000;

    private static final int FLAGS2 = 0;
    private static final int SQL_MODE = 1;
    private static final int CATALOG = 2;
    private static final int AUTO_INCREMENT = 3;
    private static final int CHARSET = 4;
    private static final int TIME_ZONE = 5;
    private static final int CATALOG_NZ = 6;
    private static final int LC_TIME_NAMES = 7;
    private static final int CHARSET_DATABASE = 8;
    private static final int TABLE_MAP_FOR_UPDATE = 9;
    private static final int MASTER_DATA_WRITTEN = 10;
    private static final int INVOKER = 11;
    private static final int UPDATED_DB_NAMES = 12;
    private static final int UPDATED_DB_NAMES_TOO_MANY = 254;
    private static final int MICROSECONDS = 13;
    private static final int COMMIT_TIME = 14;
    private static final int EXPLICIT_TIMESTAMPS = 16;
    /** MariaDB from 11.3 on writes it in front of CHARSET: as many pairs of a character set and its default collation as it counts. */
    private static final int CHARSET_COLLATIONS = 131;
    private static final long COLLATION_PAIR_BYTES = 4;
    private static final int MARIADB_MICROSECONDS = 128;

    boolean ansiQuotes() {
        return (sqlMode & MODE_ANSI_QUOTES) != 0;
    }

    boolean backslashEscapes() {
        return (sqlMode & MODE_NO_BACKSLASH_ESCAPES) == 0;
    }

    /** The variables have no common length: the first unknown one, and all newer ones stand behind these, is the end. */
    static StatementSession read(Bytes in, int end) {
        long sqlMode = 0;
        int collation = 0;
        int serverCollation = 0;
        String timeZone = "";
        int micros = 0;
        Optional<Boolean> explicit = Optional.empty();
        boolean ownCollations = false;
        boolean known = true;
        while (known && in.at < end) {
            switch (in.u8()) {
                case FLAGS2, AUTO_INCREMENT, MASTER_DATA_WRITTEN -> in.skip(4);
                case SQL_MODE -> sqlMode = in.i64();
                case CATALOG -> in.skip(in.u8() + 1L);
                case CATALOG_NZ -> in.skip(in.u8());
                case CHARSET -> {
                    collation = in.u16();
                    in.skip(2);
                    serverCollation = in.u16();
                }
                case TIME_ZONE -> timeZone = in.text(in.u8(), StandardCharsets.UTF_8);
                case LC_TIME_NAMES, CHARSET_DATABASE -> in.skip(2);
                case TABLE_MAP_FOR_UPDATE -> in.skip(8);
                case INVOKER -> {
                    in.skip(in.u8());
                    in.skip(in.u8());
                }
                case UPDATED_DB_NAMES -> databases(in);
                case MICROSECONDS, MARIADB_MICROSECONDS -> micros = in.u8() | in.u16() << 8;
                case CHARSET_COLLATIONS -> {
                    int pairs = in.u8();
                    ownCollations = pairs > 0;
                    in.skip(COLLATION_PAIR_BYTES * pairs);
                }
                case COMMIT_TIME -> in.skip(8);
                case EXPLICIT_TIMESTAMPS -> explicit = Optional.of(in.u8() != 0);
                default -> known = false;
            }
        }
        return new StatementSession(sqlMode, collation, serverCollation, timeZone, micros, explicit, ownCollations);
    }

    /** Names that end with a zero byte. */
    private static void databases(Bytes in) {
        int count = in.u8();
        for (int i = 0; count != UPDATED_DB_NAMES_TOO_MANY && i < count; i++) {
            while (in.u8() != 0) {
                continue;
            }
        }
    }
}
