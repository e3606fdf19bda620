package io.opendts.spi;

import io.opendts.model.Change;
import io.opendts.model.Position;

/** Pure functions over an engine's log positions. */
public interface LogOrder {

    /** Whether everything before {@code goal} is also before {@code at}. */
    boolean reached(Position at, Position goal);

    /** Whether a copy that was read exactly at {@code copy} already holds the transaction. */
    boolean covers(Position copy, Change.Begin transaction);
}
