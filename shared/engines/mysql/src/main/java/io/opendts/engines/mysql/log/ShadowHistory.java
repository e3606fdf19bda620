package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.ddl.Altered;
import io.opendts.engines.mysql.ddl.DroppedTables;
import io.opendts.engines.mysql.ddl.NotUnderstood;
import io.opendts.engines.mysql.ddl.SameRows;
import io.opendts.engines.mysql.ddl.SourceServer;
import io.opendts.engines.mysql.ddl.SourceTables;
import io.opendts.engines.mysql.ddl.StatementEffect;
import io.opendts.engines.mysql.ddl.TableDefaults;
import io.opendts.engines.mysql.ddl.WrittenUnder;
import io.opendts.model.Change;
import io.opendts.model.Column;
import io.opendts.model.DdlKind;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.ShadowMark;
import io.opendts.model.ShadowMark.Kind;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.OnlineDdl;
import io.opendts.spi.Relations;
import io.opendts.spi.Shadows.Shadow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What statements of the log make of tables that tools for schema changes fill beside the task's tables, and of these when one takes the
 * place of another. One thread.
 */
final class ShadowHistory {

    private static final System.Logger LOG = System.getLogger(ShadowHistory.class.getName());

    private final Relations relations;
    private final ShadowTables tables;
    private final Function<QueryEvent, SourceServer> servers;
    private final SourceTables known;
    private final Predicate<TableId> leftOut;
    private final BiFunction<List<Altered>, Position, Optional<List<Change.Reshaped>>> own;

    /**
     * @param servers what a statement's meaning depends on
     * @param known   the task's tables
     * @param leftOut whether rows of a table are left out just now: what is known of it is from behind what is read
     * @param own     records what becomes of these; empty where that cannot be followed
     */
    ShadowHistory(Relations relations, Function<QueryEvent, SourceServer> servers, SourceTables known,
                  Predicate<TableId> leftOut,
                  BiFunction<List<Altered>, Position, Optional<List<Change.Reshaped>>> own) {
        this.relations = relations;
        this.tables = new ShadowTables(relations);
        this.servers = servers;
        this.known = known;
        this.leftOut = leftOut;
        this.own = own;
    }

    /** Whether one of the tables that the statement names is a tool's. */
    boolean concerns(QueryEvent query, List<TableId> named) {
        return named.stream().anyMatch(id -> tables.mark(id, query.sql(), named).isPresent());
    }

    /**
     * @param named tables of the statement
     * @return changes of the task's own tables; empty where what they become cannot be told
     */
    Optional<List<Change.Reshaped>> follow(QueryEvent query, List<TableId> named, Position at) {
        Named statement = new Named(query, named, at);
        WrittenUnder session = new WrittenUnder(query.database(), query.session().sqlMode());
        List<TableId> dropped = DroppedTables.of(query.sql(), session, statement.server.version().mariaDb());
        dropped.stream().filter(statement::isShadow).forEach(id -> relations.shadows().gone(id, at));
        try {
            List<Altered> altered = StatementEffect.of(query.sql(), session, statement.server, statement).orElse(List.of());
            return statement.follow(altered);
        } catch (NotUnderstood unknown) {
            return statement.unknown();
        }
    }

    /**
     * A table whose place is taken by another is altered.
     *
     * @param parts what the statement does by its words
     */
    List<Change.Touched> parts(QueryEvent query, List<TableId> named, List<Change.Touched> parts, Position at) {
        Named statement = new Named(query, named, at);
        List<Change.Touched> ofTask = parts.stream().filter(part -> !statement.isShadow(part.object()))
                .map(part -> part.kind() == DdlKind.RENAME_TABLE ? new Change.Touched(DdlKind.ALTER_TABLE, part.object()) : part).toList();
        Stream<Change.Touched> dropped = ofTask.stream().map(Change.Touched::object).filter(table -> named.stream()
                .flatMap(id -> relations.shadows().of(id).stream()).anyMatch(shadow -> statement.dropsColumns(shadow, table)))
                .map(table -> new Change.Touched(DdlKind.DROP_COLUMN, table));
        return Stream.concat(ofTask.stream(), dropped).distinct().toList();
    }

    /** The tables of the statement that are no tool's. */
    List<TableId> others(QueryEvent query, List<TableId> named, Position at) {
        Named statement = new Named(query, named, at);
        return named.stream().filter(id -> !statement.isShadow(id)).toList();
    }

    /** What was looked up instead: a replacement has taken its place, whatever it was like. */
    List<Change.Reshaped> behind(QueryEvent query, List<TableId> named, Position at, List<Change.Reshaped> lookedUp) {
        new Named(query, named, at).settle();
        lookedUp.stream().flatMap(one -> one.after().stream()).forEach(after -> spoil(after.source(), at));
        return lookedUp;
    }

    /** Records what the tool works with; false for a trigger of somebody else's, and for every other statement. */
    boolean trigger(QueryEvent query, Position at) {
        Optional<TriggerStatement> statement = relations.shadows().handling() == OnlineDdl.COPY ? Optional.empty()
                : TriggerStatement.of(query);
        Optional<TableId> beside = statement.flatMap(t -> tables.triggered(t.trigger(), t.table()));
        beside.ifPresent(table -> {
            TableId name = statement.get().trigger();
            if (statement.get().table().isPresent()) {
                relations.shadows().become(new Shadow(undescribed(name), new ShadowMark(table, Kind.TRIGGER)), at);
            } else {
                relations.shadows().gone(name, at);
            }
        });
        boolean onShadow = statement.flatMap(TriggerStatement::table).flatMap(relations.shadows()::of).isPresent();
        return beside.isPresent() || onShadow;
    }

    /** With a database all that tools have made in it goes. */
    void drop(String database, Position at) {
        relations.shadows().tables(database).stream().flatMap(table -> relations.shadows().beside(table).stream()).toList()
                .forEach(shadow -> relations.shadows().gone(shadow.table().id(), at));
    }

    /** Whether a table is made or changed whose place is kept for another one. */
    boolean isAside(Altered one) {
        return one.before().or(one::after).map(Table::id).stream().flatMap(table -> relations.shadows().beside(table).stream())
                .anyMatch(shadow -> shadow.mark().kind() == Kind.ASIDE);
    }

    /** A table is changed while tools fill replacements of it: what these will have of it is not known any more. */
    void spoil(TableId table, Position at) {
        relations.shadows().beside(table).stream().filter(shadow -> shadow.mark().kind() == Kind.REPLACEMENT).toList()
                .forEach(shadow -> unknown(shadow.table().id(), shadow.mark().beside(), at));
    }

    private void unknown(TableId name, TableId beside, Position at) {
        relations.shadows().become(new Shadow(undescribed(name), new ShadowMark(beside, Kind.UNKNOWN_REPLACEMENT)), at);
    }

    private static Table undescribed(TableId name) {
        return new Table(name, List.of(), List.of(), List.of(), "", "", 0, 0);
    }

    /** One statement that names a tool's table. */
    private final class Named implements SourceTables {

        private final Position at;
        private final SourceServer server;
        private final Map<TableId, ShadowMark> marks;
        private final List<TableId> named;

        Named(QueryEvent query, List<TableId> named, Position at) {
            this.at = at;
            this.server = servers.apply(query);
            this.named = named;
            this.marks = named.stream().distinct().filter(id -> tables.mark(id, query.sql(), named).isPresent())
                    .collect(Collectors.toMap(id -> id, id -> tables.mark(id, query.sql(), named).orElseThrow()));
        }

        boolean isShadow(TableId id) {
            return mark(id).isPresent();
        }

        private Optional<ShadowMark> mark(TableId id) {
            return Optional.ofNullable(marks.get(id)).or(() -> relations.shadows().of(id).map(Shadow::mark));
        }

        private Optional<ShadowMark> mark(Optional<Table> table) {
            return table.flatMap(one -> mark(one.id()));
        }

        /** What is behind it of a tool's tables is not known; of the task's own that is too little. */
        Optional<List<Change.Reshaped>> unknown() {
            if (named.stream().anyMatch(id -> !isShadow(id) && relations.followsSchema(id))) {
                return Optional.empty();
            }
            marks.forEach((id, mark) -> {
                switch (mark.kind()) {
                    case REPLACEMENT, UNKNOWN_REPLACEMENT -> ShadowHistory.this.unknown(id, mark.beside(), at);
                    case ASIDE, HELPER, TRIGGER -> relations.shadows().become(new Shadow(undescribed(id), mark), at);
                }
            });
            return Optional.of(List.of());
        }

        Optional<List<Change.Reshaped>> follow(List<Altered> altered) {
            List<Altered> ofTask = altered.stream().filter(one -> mark(one.before()).isEmpty() && mark(one.after()).isEmpty())
                    .filter(one -> !followsNames(one)).toList();
            List<Altered> ofTools = altered.stream().filter(one -> mark(one.before()).isPresent() || mark(one.after()).isPresent())
                    .toList();
            List<Altered> swaps = ofTools.stream().filter(this::replaces).toList();
            if (named.stream().anyMatch(id -> !isShadow(id) && leftOut.test(id))
                    || ofTools.stream().anyMatch(one -> !swaps.contains(one) && cannotBeTold(one))
                    || swaps.stream().anyMatch(swap -> inDoubt(swap, altered))) {
                return Optional.empty();
            }
            Optional<List<Change.Reshaped>> changes = own.apply(ofTask, at);
            if (changes.isEmpty()) {
                return Optional.empty();
            }
            List<Change.Reshaped> reshaped = new ArrayList<>(changes.get());
            swaps.forEach(swap -> reshaped.addAll(swapped(swap)));
            ofTools.stream().filter(one -> !swaps.contains(one)).forEach(one -> recordShadow(one, swaps));
            return Optional.of(reshaped);
        }

        /** A renaming of the task's tables and of a tool's has been done, and nothing of it recorded. */
        void settle() {
            marks.forEach((id, mark) -> {
                switch (mark.kind()) {
                    case REPLACEMENT, UNKNOWN_REPLACEMENT -> relations.shadows().gone(id, at);
                    case ASIDE, HELPER, TRIGGER -> relations.shadows().become(new Shadow(undescribed(id), helper(mark.beside())), at);
                }
                relations.shadows().beside(mark.beside()).stream().filter(shadow -> shadow.mark().kind() == Kind.ASIDE).toList()
                        .forEach(shadow -> relations.shadows().become(new Shadow(shadow.table(), helper(mark.beside())), at));
            });
        }

        /** A child whose parent is set aside follows its name on the source; on the target the parent keeps its name. */
        private boolean followsNames(Altered one) {
            return one.after().stream().flatMap(table -> table.foreignKeys().stream()).anyMatch(key -> isShadow(key.parent()));
        }

        private boolean replaces(Altered one) {
            return mark(one.before()).filter(mark -> mark.kind() == Kind.REPLACEMENT).flatMap(mark -> relations.of(mark.beside()))
                    .filter(table -> one.after().flatMap(after -> relations.of(after.id())).filter(table::equals).isPresent()).isPresent();
        }

        /** A tool's table with rows that nobody has seen becomes the task's, or one of the task's takes a tool's name of another. */
        private boolean cannotBeTold(Altered one) {
            Optional<ShadowMark> from = mark(one.before());
            Optional<ShadowMark> to = mark(one.after());
            if (from.isEmpty() && one.before().isPresent()) {
                return !one.before().get().id().equals(to.orElseThrow().beside());
            }
            boolean leaves = one.after().isPresent() && to.isEmpty();
            boolean back = leaves && from.orElseThrow().kind() == Kind.ASIDE
                    && one.after().get().id().equals(from.orElseThrow().beside());
            return leaves && !back && relations.followsSchema(one.after().get().id());
        }

        private boolean inDoubt(Altered swap, List<Altered> altered) {
            Table replacement = swap.before().orElseThrow();
            Relations.Known table = relations.of(swap.after().orElseThrow().id()).orElseThrow();
            Optional<String> why = doubt(replacement, table, swap.after().get(), altered);
            why.ifPresent(doubt -> LOG.log(System.Logger.Level.WARNING, "table {0} is replaced by {1}, and the rows of the two may"
                    + " differ by more than ALTER TABLE makes: {2}", table.table().id(), replacement.id(), doubt));
            return why.isPresent();
        }

        private Optional<String> doubt(Table replacement, Relations.Known table, Table after, List<Altered> altered) {
            TableId id = table.table().id();
            boolean aside = altered.stream().anyMatch(one -> one.before().filter(table.table()::equals).isPresent()
                    && mark(one.after()).isPresent())
                    || relations.shadows().beside(id).stream().anyMatch(shadow -> shadow.mark().kind() == Kind.ASIDE);
            if (!aside || table.route().dataSource().isPresent()) {
                return Optional.of(aside ? "it is merged with others" : "nobody has seen what became of the table itself");
            }
            if (relations.shadows().handling() == OnlineDdl.IGNORE) {
                return Optional.of("the task ignores such tables");
            }
            if (!tables.filledByTool(replacement.id(), id)) {
                return Optional.of("no tool that is known has filled it");
            }
            if (relations.children(id).stream().flatMap(child -> child.foreignKeys().stream())
                    .anyMatch(key -> key.cascading() && key.parent().equals(id))) {
                return Optional.of("rows of other tables follow it by cascading foreign keys");
            }
            return SameRows.doubt(table.table(), after, kept(replacement.id()), server.version());
        }

        private boolean dropsColumns(Shadow shadow, TableId table) {
            return shadow.mark().kind() == Kind.REPLACEMENT && shadow.mark().beside().equals(table)
                    && relations.of(table).filter(known -> known.table().columns().stream().map(Column::name)
                            .anyMatch(column -> !shadow.mark().kept().containsValue(column))).isPresent();
        }

        private Map<String, String> kept(TableId replacement) {
            return relations.shadows().of(replacement).orElseThrow().mark().kept();
        }

        private List<Change.Reshaped> swapped(Altered swap) {
            TableId replacement = swap.before().orElseThrow().id();
            Relation before = relations.of(swap.after().orElseThrow().id()).orElseThrow().relation();
            Map<String, String> kept = kept(replacement);
            relations.shadows().gone(replacement, at);
            spoil(before.source(), at);
            relations.shadows().beside(before.source()).stream().filter(shadow -> shadow.mark().kind() == Kind.ASIDE).toList()
                    .forEach(shadow -> relations.shadows().become(new Shadow(shadow.table(), helper(before.source())), at));
            Optional<Relation> after = relations.become(swap.after().get(), at);
            return after.map(to -> new Change.Reshaped(Optional.of(before), Optional.of(to), kept)).stream().toList();
        }

        private static ShadowMark helper(TableId beside) {
            return new ShadowMark(beside, Kind.HELPER);
        }

        private void recordShadow(Altered one, List<Altered> swaps) {
            Optional<ShadowMark> from = mark(one.before());
            Optional<ShadowMark> to = mark(one.after());
            from.filter(_ -> one.after().filter(after -> after.id().equals(one.before().orElseThrow().id())).isEmpty())
                    .ifPresent(_ -> relations.shadows().gone(one.before().orElseThrow().id(), at));
            to.ifPresent(mark -> relations.shadows().become(new Shadow(one.after().orElseThrow(), now(one, from, mark, swaps)), at));
        }

        private ShadowMark now(Altered one, Optional<ShadowMark> from, ShadowMark name, List<Altered> swaps) {
            if (from.isEmpty() && one.before().isPresent()) {
                TableId table = one.before().get().id();
                boolean swapped = swaps.stream().anyMatch(swap -> swap.after().orElseThrow().id().equals(table));
                return swapped ? helper(table) : new ShadowMark(table, Kind.ASIDE);
            }
            if (from.isPresent()) {
                Map<String, String> kept = new HashMap<>();
                one.kept().forEach((column, before) -> Optional.ofNullable(from.get().kept().get(before))
                        .ifPresent(first -> kept.put(column, first)));
                return new ShadowMark(from.get().beside(), from.get().kind(), kept);
            }
            LOG.log(System.Logger.Level.INFO, "table {0} is taken for one by which a tool changes table {1}: it does not travel",
                    one.after().orElseThrow().id(), name.beside());
            return switch (name.kind()) {
                case REPLACEMENT, UNKNOWN_REPLACEMENT -> leftOut.test(name.beside())
                        ? new ShadowMark(name.beside(), Kind.UNKNOWN_REPLACEMENT)
                        : new ShadowMark(name.beside(), Kind.REPLACEMENT, sameNames(one, name.beside()));
                case ASIDE, HELPER, TRIGGER -> helper(name.beside());
            };
        }

        /** Tools make a replacement like its table, and change it afterwards. */
        private Map<String, String> sameNames(Altered made, TableId beside) {
            List<String> columns = relations.of(beside).stream().flatMap(table -> table.table().columns().stream()).map(Column::name)
                    .toList();
            return made.after().orElseThrow().columns().stream().map(Column::name).filter(columns::contains)
                    .collect(Collectors.toMap(name -> name, name -> name));
        }

        @Override
        public Optional<Table> table(TableId id) {
            return known.table(id).or(() -> relations.shadows().of(id).flatMap(this::described));
        }

        private Optional<Table> described(Shadow shadow) {
            return switch (shadow.mark().kind()) {
                case REPLACEMENT, ASIDE -> Optional.of(shadow.table());
                case UNKNOWN_REPLACEMENT -> throw new NotUnderstood("it is not known what " + shadow.table().id() + " looks like");
                case HELPER -> Optional.of(shadow.table()).filter(table -> !table.columns().isEmpty());
                case TRIGGER -> Optional.empty();
            };
        }

        @Override
        public boolean wanted(TableId id) {
            return known.wanted(id) && !isShadow(id);
        }

        @Override
        public List<Table> children(TableId parent) {
            return known.children(parent);
        }

        @Override
        public TableDefaults database(String name) {
            return known.database(name);
        }
    }
}
