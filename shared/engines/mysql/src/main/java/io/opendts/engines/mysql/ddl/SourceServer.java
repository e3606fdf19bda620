package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.ServerVersion;

/**
 * What a statement's meaning depends on beyond its text.
 *
 * @param explicitTimestamps its explicit_defaults_for_timestamp
 * @param logsCascades       whether rows that cascades change are in its log: then they are none of the storage engine's
 */
public record SourceServer(ServerVersion version, boolean explicitTimestamps, boolean logsCascades) {

    private static final int CHECKS = 80016;
    private static final int INLINE_REFERENCES = 90000;
    private static final int MARIADB_INLINE_REFERENCES = 100500;

    private static final int DESCENDING = 80000;
    private static final int MARIADB_DESCENDING = 100800;

    boolean descending() {
        return version.mySqlFrom(DESCENDING) || version.mariaDbFrom(MARIADB_DESCENDING);
    }

    /**
     * Of the names of a constraint and of its index the one that the foreign key gets; empty where the server makes one.
     *
     * @param constraint behind CONSTRAINT
     * @param index      behind FOREIGN KEY
     * @param made       by CREATE TABLE
     */
    String foreignKeyName(String constraint, String index, boolean made) {
        if (version.mySqlFrom(CHECKS)) {
            return constraint;
        }
        boolean indexFirst = !made && !version.mySqlFrom(DESCENDING);
        return indexFirst ? index.isEmpty() ? constraint : index : constraint.isEmpty() ? index : constraint;
    }

    boolean checks() {
        return version.mariaDb() || version.mySqlFrom(CHECKS);
    }

    /** Whether REFERENCES behind a column makes a foreign key. */
    boolean inlineReferences() {
        return version.mySqlFrom(INLINE_REFERENCES) || version.mariaDbFrom(MARIADB_INLINE_REFERENCES);
    }
}
