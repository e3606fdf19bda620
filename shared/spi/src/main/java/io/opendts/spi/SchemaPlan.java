package io.opendts.spi;

import io.opendts.model.Catalog;

/**
 * The schema to be made on a target.
 *
 * @param catalog  of the source
 * @param selector names on the target
 * @param triggers what becomes of triggers (and events)
 */
public record SchemaPlan(Catalog catalog, Selector selector, CheckScope.ExistingTables existingTables, Triggers triggers) {

    public enum Triggers { DISABLED_UNTIL_CUTOVER, GUARDED, SKIP }

    /** When: each is idempotent, and picks up where an earlier try was killed. */
    public enum Step {
        /** Databases, tables with primary and unique keys, routines, views. */
        BEFORE_LOAD,
        /** Secondary indexes and foreign keys. */
        AFTER_LOAD,
        /** Triggers and events that would have disturbed the copying. */
        CUT_OVER
    }
}
