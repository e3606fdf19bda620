package io.opendts.engines.mysql.ddl;

import io.opendts.model.Table;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Optional;

/** The tables of a source as they are in front of a statement. */
public interface SourceTables {

    Optional<Table> table(TableId id);

    /** Whether a table of this name would be one of them: what comes to it and is not known has rows that nobody has seen. */
    boolean wanted(TableId id);

    /** Whether statements have told that it is a view or a sequence, which servers rename as tables. */
    default boolean isOther(TableId id) {
        return false;
    }

    /** Those whose foreign keys refer to the table. */
    List<Table> children(TableId parent);

    TableDefaults database(String name);
}
