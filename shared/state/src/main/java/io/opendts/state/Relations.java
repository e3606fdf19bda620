package io.opendts.state;

import io.opendts.model.Cascades;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.ShadowMark;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The layouts of tables, one for each version of a table's schema; batches refer to them by number. The first version of a table is
 * the one that the source's catalog had; those behind it are made by statements of the log, and begin at a position of it.
 */
public interface Relations {

    /**
     * @param since where the statement stands in the log that made this version; empty for the catalog's
     * @param gone  whether the statement took the table away, or out of what is selected: it is then told as it was before
     * @param lookUp of one that was looked up in the source's catalog, for the log did not tell what became of it; empty for the others
     * @param shadow of what a tool for schema changes has made: it is none of the task's tables
     */
    record Registered(Table table, Route route, Relation relation, Optional<Position> since, boolean gone, Optional<LookUp> lookUp,
                      Optional<ShadowMark> shadow) {

        public Registered {
            since = Objects.requireNonNullElse(since, Optional.empty());
            lookUp = Objects.requireNonNullElse(lookUp, Optional.empty());
            shadow = Objects.requireNonNullElse(shadow, Optional.empty());
        }

        /** As the source's catalog has it. */
        public Registered(Table table, Route route, Relation relation) {
            this(table, route, relation, Optional.empty(), false, Optional.empty(), Optional.empty());
        }

        /** As a statement of the log has left it. */
        public Registered(Seen seen, Relation relation, Position since, boolean gone) {
            this(seen.table(), seen.route(), relation, Optional.of(since), gone, Optional.empty(), seen.shadow());
        }

        /** As it was looked up. */
        public Registered(Table table, Route route, Relation relation, Position since, LookUp lookUp) {
            this(table, route, relation, Optional.of(since), false, Optional.of(lookUp), Optional.empty());
        }

        /** Statistics and the CREATE text do not count: they change (AUTO_INCREMENT) while the layout stays. */
        public boolean sameLayout(Registered other) {
            return relation.equals(other.relation) && route.equals(other.route) && table.columns().equals(other.table.columns())
                    && table.keys().equals(other.table.keys()) && table.foreignKeys().equals(other.table.foreignKeys());
        }
    }

    /**
     * A look into the source's catalog, which is ahead of the log.
     *
     * @param until   the catalog was seen in front of this position; empty of a table that is stopped
     * @param between whether it was looked up between two transactions, not for a statement
     */
    record LookUp(Optional<Position> until, boolean between, Outcome outcome) {

        public LookUp {
            until = Objects.requireNonNullElse(until, Optional.empty());
        }

        public enum Outcome {
            /** The version is what the catalog has. */
            FOUND,
            /** The catalog has no such table: the log will tell what became of it. The version is as it was before. */
            ABSENT,
            /** The task does not carry the table any more. The version is as it was before. */
            STOPPED
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
    record Seen(Table table, Route route, boolean cascadingParent, Optional<ShadowMark> shadow) {

        public Seen(Table table, Route route, boolean cascadingParent) {
            this(table, route, cascadingParent, Optional.empty());
        }
    }

    /** Each as by itself; a store may write many at once. After a failure some are registered: registering again does the rest. */
    default void register(String task, List<Seen> tables) {
        tables.forEach(seen -> register(task, seen.table(), seen.route(), seen.cascadingParent()));
    }

    /**
     * Records what a statement of the log makes of a table. Idempotent: the same table at the same position is returned as it was
     * recorded first, for whoever reads the log again reads the same.
     */
    Registered change(String task, Seen seen, Position since, boolean gone);

    /**
     * Records what a look-up has found. Whoever reads the log again goes on with the first that was recorded of the table at this
     * position, whatever the catalog has by then.
     */
    Registered lookedUp(String task, Seen seen, Position since, LookUp lookUp);

    /** What statements of the log have made of the task's tables, and what was looked up, in the order in which they were recorded. */
    default List<Registered> changes(String task) {
        return recorded(task).stream().filter(one -> one.shadow().isEmpty()).toList();
    }

    /** What statements have made of shadows, in the same order. */
    default List<Registered> shadows(String task) {
        return recorded(task).stream().filter(one -> one.shadow().isPresent()).toList();
    }

    /** Both. */
    List<Registered> recorded(String task);

    Optional<Registered> find(String task, int id);

    /** The newest one of a source table that the catalog had. */
    Optional<Registered> latest(String task, TableId table);

    /** The newest one of each source table that the catalog had, by table. */
    List<Registered> latest(String task);

    /** The one among changes that is the same as what is to be recorded. */
    static Optional<Registered> recorded(List<Registered> changes, Seen seen, Position since, boolean gone) {
        return changes.stream().filter(known -> known.table().id().equals(seen.table().id()) && known.since().equals(Optional.of(since))
                && known.gone() == gone && known.lookUp().isEmpty() && known.shadow().equals(seen.shadow())
                && known.table().definition().equals(seen.table().definition())).findFirst();
    }

    /** The one among changes that was looked up first there. */
    static Optional<Registered> lookedUp(List<Registered> changes, TableId table, Position since, boolean between) {
        return changes.stream().filter(known -> known.table().id().equals(table) && known.since().equals(Optional.of(since))
                && known.lookUp().filter(one -> one.between() == between).isPresent()).findFirst();
    }

    /** What ties these tables together. */
    static Cascades cascades(List<Registered> tables) {
        Set<TableId> keyless = tables.stream().filter(known -> known.relation().keyless()).map(known -> known.table().id())
                .collect(Collectors.toSet());
        return Cascades.among(tables.stream().map(Registered::table).toList(), table -> keyless.contains(table.id()));
    }
}
