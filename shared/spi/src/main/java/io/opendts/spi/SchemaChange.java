package io.opendts.spi;

import io.opendts.model.Change;
import io.opendts.model.Route;
import io.opendts.model.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a statement of the source has made of selected tables, to be made of those of the target.
 *
 * @param id            of its transaction on the source, or the position where it has none: the same whenever the change is read
 *                      again, which the number of a batch is not
 * @param clock         of the session that ran the statement
 * @param statement     as the source's log has it, for messages
 * @param sourceVersion of the source's server
 * @param selector      names on the target
 */
public record SchemaChange(String id, Change.Clock clock, String statement, String sourceVersion, Selector selector,
                           List<TableChange> tables) {

    public SchemaChange {
        tables = List.copyOf(tables);
    }

    /** A table of the source, and how it travels. */
    public record Side(Table table, Route route) {}

    /**
     * One table, before and after.
     *
     * @param before empty for one that is made
     * @param after  empty for one that is dropped
     * @param kept   columns of the source's table afterwards that are columns from before, with their names there
     * @param anew   whether it is made anew, empty, whatever the target has under its names
     */
    public record TableChange(Optional<Side> before, Optional<Side> after, Map<String, String> kept, boolean anew) {

        public TableChange {
            kept = Map.copyOf(kept);
        }

        /** One that is changed, and keeps its rows. */
        public TableChange(Optional<Side> before, Optional<Side> after, Map<String, String> kept) {
            this(before, after, kept, false);
        }
    }
}
