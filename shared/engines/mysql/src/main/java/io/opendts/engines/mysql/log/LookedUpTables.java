package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.ddl.Altered;
import io.opendts.model.Change;
import io.opendts.model.Change.Reshaped;
import io.opendts.model.DtsException;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.LookUps;
import io.opendts.spi.LookUps.Look;
import io.opendts.spi.LookUps.Recorded;
import io.opendts.spi.LookUps.Remedy;
import io.opendts.spi.Relations;
import io.opendts.spi.Relations.Known;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Tables of which the log does not tell what became of them: they are looked up in the source's catalog, for a statement where it
 * stands, and otherwise between two transactions. Until then their rows are left out. One thread.
 */
final class LookedUpTables {

    /** Two tables are named, and neither takes the other's name. */
    private static final Pattern EXCHANGE = Pattern.compile("\\bEXCHANGE\\s+PARTITION\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern COUNTER = Pattern.compile(" AUTO_INCREMENT=\\d+");
    private static final Pattern RENAME = Pattern.compile("\\bRENAME\\b", Pattern.CASE_INSENSITIVE);

    private final Relations relations;
    private final LookUps lookUps;
    private final SourceCatalog catalog;
    private final Map<TableId, DtsException> misfits = new LinkedHashMap<>();
    private final List<Between> untold = new ArrayList<>();

    LookedUpTables(Relations relations, SourceCatalog catalog) {
        this.relations = relations;
        this.lookUps = relations.lookUps();
        this.catalog = catalog;
    }

    SourceCatalog catalog() {
        return catalog;
    }

    /** Whether rows of the table are not given on just now. */
    boolean leftOut(Known known, Place where) {
        TableId table = known.table().id();
        if (lookUps.overdue(table)) {
            misfits.putIfAbsent(table, LogErrors.tableChanged(table, "the source had no such table when it was looked up", where));
        }
        return misfits.containsKey(table) || lookUps.leavesOut(table);
    }

    /** The log has other columns than are known. */
    void misfit(Known known, DtsException why) {
        if (lookUps.remedy(known.table().id()) == Remedy.NONE) {
            throw why;
        }
        misfits.put(known.table().id(), why);
    }

    boolean pass(Supplier<Position> at) {
        return lookUps.pass(at);
    }

    boolean leavesOut(TableId table) {
        return lookUps.leavesOut(table);
    }

    boolean possible(List<Change.Touched> parts, List<TableId> named) {
        List<TableId> wanted = wanted(named);
        return !wanted.isEmpty() && lookUps.carries(parts)
                && wanted.stream().allMatch(table -> lookUps.remedy(table) == Remedy.COPIED_ANEW);
    }

    private List<TableId> wanted(List<TableId> tables) {
        return tables.stream().distinct()
                .filter(table -> relations.of(table).isPresent() ? relations.followsSchema(table) : relations.picksUp(table)).toList();
    }

    /** Whether a column travels now that stayed behind under the name that it had. */
    boolean comesLate(Altered one) {
        Optional<Known> known = one.before().filter(_ -> one.after().isPresent()).flatMap(before -> relations.of(before.id()));
        return known.isPresent() && one.kept().entrySet().stream().anyMatch(column -> !column.getKey().equals(column.getValue())
                && known.get().route().excluded().contains(column.getValue())
                && !known.get().route().excluded().contains(column.getKey()));
    }

    /**
     * What a statement has made of tables that are not told by it.
     *
     * @param named by the statement, in its order
     */
    List<Reshaped> behind(String sql, List<TableId> named, Position at) {
        List<Reshaped> reshaped = new ArrayList<>();
        for (TableId table : wanted(named)) {
            Optional<Relation> before = relations.of(table).map(Known::relation);
            if (before.isPresent() && movedAway(sql, table, named) && absent(table, at)) {
                relations.gone(table, at);
                if (!wanted(named.subList(1, named.size())).isEmpty()) {
                    reshaped.add(new Reshaped(before, Optional.empty(), Map.of()));
                }
            } else {
                lookUp(table, at, false, Optional.empty()).ifPresent(after -> reshaped.add(anew(before, after)));
            }
        }
        return reshaped;
    }

    private boolean absent(TableId table, Position at) {
        return !lookUps.recorded(table, at, false) && (lookUps.went(table, at) || catalog.look(table).table().isEmpty());
    }

    /** Whether the statement takes its name from the table, and gives it to no other. */
    private static boolean movedAway(String sql, TableId table, List<TableId> named) {
        if (named.size() < 2 || EXCHANGE.matcher(sql).find() || !RENAME.matcher(sql).find()) {
            return false;
        }
        boolean taken = false;
        boolean given = false;
        for (int i = 0; i < named.size(); i++) {
            taken |= i % 2 == 0 && named.get(i).equals(table);
            given |= i % 2 == 1 && named.get(i).equals(table);
        }
        return taken && !given;
    }

    private static Reshaped anew(Optional<Relation> before, Relation after) {
        return new Reshaped(before, Optional.of(after), Map.of(), true);
    }

    /**
     * @param misfit rows that do not fit the description; the catalog must have another one then
     * @return the layout that the table has from here on; empty where its rows are left out for good, or until the log tells more
     */
    private Optional<Relation> lookUp(TableId table, Position at, boolean between, Optional<DtsException> misfit) {
        Optional<Recorded> earlier = lookUps.repeat(table, at, between);
        if (earlier.isPresent()) {
            return earlier.get().after();
        }
        if (lookUps.remedy(table) != Remedy.COPIED_ANEW) {
            lookUps.stop(table, misfit.orElseGet(() -> LogErrors.historyLost(table)), at, between);
            return Optional.empty();
        }
        Look look;
        try {
            look = catalog.look(table);
        } catch (DtsException refused) {
            if (refused.code().retryable()) {
                throw refused;
            }
            lookUps.stop(table, refused, at, between);
            return Optional.empty();
        }
        if (misfit.isPresent() && look.table().filter(now -> same(now, relations.of(table))).isPresent()) {
            lookUps.stop(table, misfit.get(), at, between);
            return Optional.empty();
        }
        return lookUps.found(table, look, at, between);
    }

    private static boolean same(Table now, Optional<Known> known) {
        return known.map(Known::table).filter(before -> before.columns().equals(now.columns())
                && text(before).equals(text(now))).isPresent();
    }

    /** The counter moves with the rows. */
    private static String text(Table table) {
        return COUNTER.matcher(table.definition()).replaceAll("");
    }

    /**
     * A transaction has ended in which rows were left out that did not fit. What is found is recorded before the end is told: nobody
     * starts behind it without that.
     *
     * @return whether there were such rows: more tables may be left out now
     */
    boolean looked(Supplier<Position> at) {
        Map<TableId, DtsException> now = new LinkedHashMap<>(misfits);
        misfits.clear();
        now.forEach((table, why) -> between(table, at.get(), Optional.of(why)));
        return !now.isEmpty();
    }

    /** What is to be told between two transactions, each as a change of its own. */
    List<Between> between(Supplier<Position> here) {
        List<TableId> asked = lookUps.asked();
        if (asked.isEmpty() && untold.isEmpty() && !lookUps.untold()) {
            return List.of();
        }
        Position at = here.get();
        for (Recorded one : lookUps.repeated(at)) {
            one.after().ifPresent(after -> untold.add(told(one.since(), Optional.of(after), after)));
        }
        for (TableId table : asked) {
            if (lookUps.remedy(table) == Remedy.NONE) {
                throw LogErrors.historyLost(table);
            }
            between(table, at, Optional.empty());
        }
        List<Between> now = List.copyOf(untold);
        untold.clear();
        return now;
    }

    private void between(TableId table, Position at, Optional<DtsException> misfit) {
        Optional<Relation> before = relations.of(table).map(Known::relation);
        lookUp(table, at, true, misfit).ifPresent(after -> untold.add(told(at, before, after)));
    }

    /** The change has no statement. */
    private static Between told(Position at, Optional<Relation> before, Relation after) {
        return new Between(at, new Change.Ddl(after.source().database(), "", Change.Clock.NONE, List.of(), true,
                List.of(anew(before, after)), List.of()));
    }

    /** @param at the position between two transactions at which the table is told */
    record Between(Position at, Change.Ddl change) {}
}
