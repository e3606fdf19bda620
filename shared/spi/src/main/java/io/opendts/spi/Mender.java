package io.opendts.spi;

import io.opendts.model.Relation;
import io.opendts.model.Row;

/** An ability of targets: prints the statements that mend single rows, for a person to read and run. Pure. */
public interface Mender {

    /** Makes the row stand on the target, in the place of whatever has its key. */
    String put(Relation relation, Row row);

    /** Takes exactly one such row away. */
    String remove(Relation relation, Row row);
}
