package io.opendts.spi;

import io.opendts.model.Relation;
import io.opendts.model.Row;

/**
 * An ability of targets: prints the statements that mend single rows, for a person to look at and
 * run with a client that passes bytes through: values of binary columns stand in them as they are. Pure.
 */
public interface Mender {

    /** What the session that runs the statements must be set to, first. */
    byte[] settings();

    /** Makes the row stand on the target, in the place of whatever has its key. */
    byte[] put(Relation relation, Row row);

    /** Takes exactly one such row away. */
    byte[] remove(Relation relation, Row row);
}
