package io.opendts.functions.verify;

import io.opendts.model.Relation;
import io.opendts.model.Row;
import io.opendts.model.TableId;

/**
 * One row that is not the same on both sides.
 *
 * @param table    on the target
 * @param relation the layout of its rows on the target; null when the table itself is missing
 * @param key      the values that identify the row; of a keyless table the whole row; null when the table itself is missing
 * @param expected the source's row; null where it has none
 * @param found    the target's row; null where it has none
 */
public record RowDifference(TableId table, Relation relation, Kind kind, Row key, Row expected, Row found) {

    public enum Kind { MISSING, SURPLUS, DIFFERENT, TABLE_MISSING }
}
