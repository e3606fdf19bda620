package io.opendts.spi;

import io.opendts.model.Catalog;
import io.opendts.model.ObjectName;
import io.opendts.model.Route;
import io.opendts.model.SchemaObject;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a task selects, asked name by name. Pure.
 */
public interface Selector {

    /** The target's name of a selected database; empty for one that the task does not touch. */
    Optional<String> database(String source);

    /** How a table travels; empty for one that stays behind. */
    Optional<Route> table(TableId source);

    /** The same, now that its columns are known: those of the route are spelled as the table spells them. */
    default Optional<Route> route(Table table) {
        return table(table.id());
    }

    /** Whether objects that are not tables (views, routines, triggers, events) of a database are selected. */
    boolean objects(String database);

    /** What a selected object that is not a table is called on the target; empty for one that stays behind. Triggers go with tables. */
    default Optional<TableId> object(SchemaObject.Kind kind, TableId source) {
        return objects(source.database()) ? database(source.database()).map(to -> new TableId(to, source.name())) : Optional.empty();
    }

    /** What becomes of tables that tools for schema changes make. */
    default OnlineDdl onlineDdl() {
        return OnlineDdl.COPY;
    }

    /**
     * Whether an object that is not a table is followed, as far as its name tells: a trigger's does not tell its table. The one place where
     * objects of others' tools are passed over.
     */
    default boolean takes(ObjectName name) {
        return switch (name.kind()) {
            case DATABASE, TRIGGER -> database(name.id().database()).isPresent();
            case SEQUENCE, FUNCTION, PROCEDURE, VIEW, EVENT -> object(name.kind(), name.id()).isPresent();
        };
    }

    /** What collations of the source become on the target where the task says so, both in lower case. */
    default Map<String, String> collations() {
        return Map.of();
    }

    /** What is wrong with the selection as a whole, now that it is known what the source has; one sentence each. */
    default List<String> problems(Catalog catalog) {
        return List.of();
    }

    /** Everything in the databases that the function names, under the names it gives. */
    static Selector databases(Function<String, Optional<String>> mapping) {
        return new Selector() {
            @Override
            public Optional<String> database(String source) {
                return mapping.apply(source);
            }

            @Override
            public Optional<Route> table(TableId source) {
                return mapping.apply(source.database()).map(to -> {
                    Route same = Route.same(source);
                    return new Route(source, new TableId(to, source.name()),
                            same.excluded(), same.renames(), same.filter(), same.operations());
                });
            }

            @Override
            public boolean objects(String database) {
                return mapping.apply(database).isPresent();
            }
        };
    }
}
