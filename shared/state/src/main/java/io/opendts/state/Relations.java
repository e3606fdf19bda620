package io.opendts.state;

import io.opendts.model.Cascades;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The layouts of tables, one for each version of a table's schema; batches refer to them by number. */
public interface Relations {

    record Registered(Table table, Route route, Relation relation) {

        /** Statistics and the CREATE text do not count: they change (AUTO_INCREMENT) while the layout stays. */
        public boolean sameLayout(Registered other) {
            return relation.equals(other.relation) && route.equals(other.route) && table.columns().equals(other.table.columns())
                    && table.keys().equals(other.table.keys()) && table.foreignKeys().equals(other.table.foreignKeys());
        }
    }

    /**
     * Gives a table at this version of its schema a number. When the latest one of that table has the same columns, keys,
     * foreign keys, route and cascading flag, it is returned and nothing is written.
     *
     * @param cascadingParent whether foreign keys cascade from this table
     */
    Registered register(String task, Table table, Route route, boolean cascadingParent);

    /** A table as the source has it now, as {@link #register} takes it. */
    record Seen(Table table, Route route, boolean cascadingParent) {}

    /** Each as by itself; a store may write many at once. After a failure some are registered: registering again does the rest. */
    default void register(String task, List<Seen> tables) {
        tables.forEach(seen -> register(task, seen.table(), seen.route(), seen.cascadingParent()));
    }

    Optional<Registered> find(String task, int id);

    /** The newest one of a source table. */
    Optional<Registered> latest(String task, TableId table);

    /** The newest one of each source table, by table. */
    List<Registered> latest(String task);

    /** What ties these tables together. */
    static Cascades cascades(List<Registered> tables) {
        Set<TableId> keyless = tables.stream().filter(known -> known.relation().keyless()).map(known -> known.table().id())
                .collect(Collectors.toSet());
        return Cascades.among(tables.stream().map(Registered::table).toList(), table -> keyless.contains(table.id()));
    }
}
