package io.opendts.spi;

import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Optional;

/** What a log reader knows of the tables it meets: the schema that was in force, and the layout under which rows are carried. */
public interface Relations {

    /** The table as it was when the position that is being read was written; empty for one that is not selected. */
    Optional<Known> of(TableId table);

    /**
     * A selected table.
     *
     * @param table    its columns decode the log's rows
     * @param relation the layout of the rows to give on
     */
    record Known(Table table, Route route, Relation relation) {}

    /** Whether the task follows changes of this table's schema; also of one that is not there yet, or no more. */
    boolean followsSchema(TableId table);

    /** Databases of which something is selected: a schema change in another one concerns nobody. */
    List<String> databases();
}
