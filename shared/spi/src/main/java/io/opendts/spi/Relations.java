package io.opendts.spi;

import io.opendts.model.ObjectName;
import io.opendts.model.Position;
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

    /** Whether a table that a statement makes is one of the task's from there on. */
    default boolean picksUp(TableId table) {
        return followsSchema(table);
    }

    /**
     * Whether changes of the schema are carried over: then {@link #become} and {@link #gone} are told of each table that the task
     * follows, and otherwise the change itself is all that is told.
     */
    default boolean carriesSchema() {
        return false;
    }

    /**
     * A statement makes or changes a table. Idempotent for the same statement.
     *
     * @param since where the statement stands in the log
     * @return the layout under which its rows are carried from there on; empty where it is not selected, or cannot be followed
     */
    default Optional<Relation> become(Table after, Position since) {
        return Optional.empty();
    }

    /** A statement drops a table or takes it out of what is selected. Idempotent for the same statement. */
    default void gone(TableId table, Position since) {}

    /** For what the log does not tell. */
    default LookUps lookUps() {
        return LookUps.NONE;
    }

    /** What tools for schema changes have made beside these tables. */
    default Shadows shadows() {
        return Shadows.NONE;
    }

    /** Selected tables whose foreign keys refer to the table. */
    default List<Table> children(TableId parent) {
        return List.of();
    }

    /** How a database was defined where the log is read; empty where it is not known. */
    default Optional<String> database(String name) {
        return Optional.empty();
    }

    /** A statement makes or alters a database. Idempotent for the same statement. */
    default void database(String name, String definition, Position since) {}

    /** All that are known of a database. */
    default List<Table> tables(String database) {
        return List.of();
    }

    /** Whether the task follows what becomes of this object, also of one that is not there yet, or no more. */
    default boolean follows(ObjectName object) {
        return databases().contains(object.id().database());
    }

    /** Databases of which something is selected: a schema change in another one concerns nobody. */
    List<String> databases();
}
