package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.ddl.Altered;
import io.opendts.engines.mysql.ddl.DatabaseDefaults;
import io.opendts.engines.mysql.ddl.NotUnderstood;
import io.opendts.engines.mysql.ddl.ObjectStatement;
import io.opendts.engines.mysql.ddl.SourceServer;
import io.opendts.engines.mysql.ddl.SourceTables;
import io.opendts.engines.mysql.ddl.StatementEffect;
import io.opendts.engines.mysql.ddl.TableDefaults;
import io.opendts.engines.mysql.ddl.WrittenUnder;
import io.opendts.engines.mysql.schema.SchemaStatement;
import io.opendts.model.Change;
import io.opendts.model.ObjectName;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.SchemaObject.Kind;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.Relations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the statements of the log make of the selected tables, one after the other. One thread. */
final class TableHistory {

    /** What is forgotten the source is asked for. */
    private static final int OTHERS_MAX = 10_000;
    /** In the place of the definition of a database. */
    private static final String NOT_THERE = "";

    /** Each session has the server's own from here on. */
    private static final int MARIADB_COLLATIONS_SET = 110500;

    private final Relations relations;
    private final SourceServer server;
    private final SourceFacts facts;
    private final Set<TableId> others = new HashSet<>();
    private final LookedUpTables lookedUp;
    private final ShadowHistory shadows;

    TableHistory(Relations relations, SourceServer server, SourceFacts facts, LookedUpTables lookedUp) {
        this.lookedUp = lookedUp;
        this.relations = relations;
        this.server = server;
        this.facts = facts;
        this.shadows = new ShadowHistory(relations, this::server, new Known(), lookedUp::leavesOut, (altered, at) ->
                altered.stream().anyMatch(this::cannotBeTold) ? Optional.empty() : Optional.of(record(altered, at)));
    }

    /** Whether one of the tables is the task's, or one that a tool changes such a table by. */
    boolean concerns(QueryEvent query, List<TableId> tables) {
        return tables.stream().anyMatch(relations::followsSchema) || shadows.concerns(query, tables);
    }

    /** What the statement does to which tables of the task. */
    List<Change.Touched> parts(QueryEvent query, SchemaStatement statement, Position at) {
        List<Change.Touched> parts = query.parts(statement).stream().filter(part -> relations.followsSchema(part.object())).toList();
        return isOfShadows(query, statement) ? shadows.parts(query, statement.tables(), parts, at) : parts;
    }

    /** Whether one of its tables is a tool's. */
    boolean isOfShadows(QueryEvent query, SchemaStatement statement) {
        return shadows.concerns(query, statement.tables());
    }

    /** Whether the statement makes or drops a trigger of a tool's, which travels as little as the tool's tables. */
    boolean isOfShadows(QueryEvent query, Position at) {
        return shadows.trigger(query, at);
    }

    /** @param seconds Unix time of the statement */
    Change.Clock clock(QueryEvent query, long seconds) {
        String zone = query.session().timeZone();
        String offset = zone.isEmpty() || zone.startsWith("+") || zone.startsWith("-") ? zone : facts.offset(zone, seconds);
        return new Change.Clock(offset, seconds * 1_000_000 + query.session().micros());
    }

    /**
     * Records the tables as they are behind the statement.
     *
     * @param parts of the statement that concern tables which the task follows
     * @param named by the statement
     * @param at    where the statement stands
     * @return selected tables that it changes, none where it changes none; empty where what it makes of them cannot be told
     */
    Optional<List<Change.Reshaped>> follow(QueryEvent query, List<Change.Touched> parts, List<TableId> named, Position at) {
        if (!shadows.concerns(query, named)) {
            return followOwn(query, parts, named, at);
        }
        Optional<List<Change.Reshaped>> told = shadows.follow(query, named, at);
        List<TableId> own = shadows.others(query, named, at);
        return told.isEmpty() && lookedUp.possible(parts, own)
                ? Optional.of(shadows.behind(query, named, at, lookedUp.behind(query.sql(), own, at))) : told;
    }

    private Optional<List<Change.Reshaped>> followOwn(QueryEvent query, List<Change.Touched> parts, List<TableId> named, Position at) {
        Optional<List<Altered>> told = told(query);
        boolean certain = told.filter(altered -> altered.stream().allMatch(one -> one.after().isEmpty())
                || named.stream().noneMatch(lookedUp::leavesOut) && altered.stream().noneMatch(this::changesRows)).isPresent();
        if (!certain && lookedUp.possible(parts, named)) {
            named.forEach(table -> shadows.spoil(table, at));
            return Optional.of(lookedUp.behind(query.sql(), named, at));
        }
        return told.map(altered -> record(altered, at));
    }

    /** Of rows that the statement has changed there is nothing in the log. */
    private boolean changesRows(Altered one) {
        return one.changesRows(server.version()) || lookedUp.comesLate(one);
    }

    /** Empty where it cannot be told. */
    private Optional<List<Altered>> told(QueryEvent query) {
        if (query.session().ownCollations() && !server.version().mariaDbFrom(MARIADB_COLLATIONS_SET)) {
            return Optional.empty();
        }
        List<Altered> altered;
        try {
            altered = StatementEffect.of(query.sql(), new WrittenUnder(query.database(), query.session().sqlMode()),
                    server(query), new Known()).orElse(List.of());
        } catch (NotUnderstood unknown) {
            return Optional.empty();
        }
        return altered.stream().anyMatch(this::cannotBeTold) ? Optional.empty() : Optional.of(altered);
    }

    /** As {@link #follow}, of a database that is dropped. */
    Optional<List<Change.Reshaped>> drop(String database, Position at) {
        List<Altered> dropped = relations.tables(database).stream().filter(table -> relations.followsSchema(table.id()))
                .map(Altered::dropped).toList();
        shadows.drop(database, at);
        if (dropped.stream().anyMatch(this::cannotBeTold)) {
            return Optional.empty();
        }
        relations.database(database, NOT_THERE, at);
        return Optional.of(record(dropped, at));
    }

    /** A statement makes or alters a database, or leaves one alone that is there. */
    void define(ObjectStatement.Definition definition, QueryEvent query, Position at) {
        String name = definition.database();
        Optional<String> there = relations.database(name).filter(text -> !text.equals(NOT_THERE));
        if (definition.unlessThere() && there.isPresent()) {
            return;
        }
        DatabaseDefaults told = DatabaseDefaults.read(query.sql(), query.session().ansiQuotes(), query.session().backslashEscapes());
        Optional<TableDefaults> before = definition.made() ? facts.collation(query.session().serverCollation()) : defaults(name);
        before.or(() -> facts.database(name)).ifPresent(otherwise -> relations.database(name,
                DatabaseDefaults.definition(name, told.or(otherwise, server.version())), at));
    }

    /** As the log has told of them; of a database of which it has not, those that it has now. */
    private Optional<TableDefaults> defaults(String database) {
        return relations.database(database).filter(text -> !text.equals(NOT_THERE)).map(text -> DatabaseDefaults.read(text, false, true)
                .or(new TableDefaults("", ""), server.version())).or(() -> facts.database(database));
    }

    /** A statement has told of it: where the source has nothing of this name any more, it was no table. */
    void tells(ObjectName object) {
        if (object.kind() == Kind.VIEW || object.kind() == Kind.SEQUENCE) {
            if (others.size() >= OTHERS_MAX) {
                others.clear();
            }
            others.add(object.id());
        }
    }

    private SourceServer server(QueryEvent query) {
        return query.session().explicitTimestamps()
                .map(explicit -> new SourceServer(server.version(), explicit, server.logsCascades())).orElse(server);
    }

    private boolean cannotBeTold(Altered one) {
        return merged(one) || shadows.isAside(one);
    }

    /** What is known to be no table is none under its new name either; of anything else a new name tells nothing. */
    void tellsRenamed(List<TableId> fromAndTo) {
        for (int i = 0; i + 1 < fromAndTo.size(); i += 2) {
            if (others.contains(fromAndTo.get(i))) {
                tells(new ObjectName(Kind.VIEW, fromAndTo.get(i + 1)));
            }
        }
    }

    /** Of tables that are merged, none can be changed alone. */
    private boolean merged(Altered one) {
        return Stream.of(one.before(), one.after()).flatMap(Optional::stream).map(Table::id).flatMap(id -> relations.of(id).stream())
                .anyMatch(known -> known.route().dataSource().isPresent());
    }

    /** Names are free before they are taken: a statement may swap them. */
    private List<Change.Reshaped> record(List<Altered> altered, Position at) {
        altered.stream().flatMap(one -> one.before().stream()).forEach(table -> shadows.spoil(table.id(), at));
        Map<TableId, Relation> before = new HashMap<>();
        for (Altered one : altered) {
            one.before().map(Table::id).filter(relations::followsSchema).flatMap(relations::of).ifPresent(known -> {
                before.put(known.table().id(), known.relation());
                if (one.after().filter(after -> after.id().equals(known.table().id())).isEmpty()) {
                    relations.gone(known.table().id(), at);
                }
            });
        }
        List<Change.Reshaped> reshaped = new ArrayList<>();
        for (Altered one : altered) {
            Optional<Relation> from = one.before().map(table -> before.get(table.id()));
            Optional<Relation> to = one.after().filter(table -> one.before().isPresent() ? relations.followsSchema(table.id())
                            : relations.picksUp(table.id()))
                    .flatMap(table -> relations.become(table, at));
            boolean leaves = one.after().isPresent() && to.isEmpty();
            if (!leaves && (from.isPresent() || to.isPresent())) {
                reshaped.add(new Change.Reshaped(from, to, one.kept()));
            }
        }
        return reshaped;
    }

    private final class Known implements SourceTables {

        @Override
        public Optional<Table> table(TableId id) {
            return relations.of(id).map(Relations.Known::table);
        }

        @Override
        public boolean wanted(TableId id) {
            return relations.picksUp(id) && facts.isTable(id).orElse(!others.contains(id));
        }

        @Override
        public boolean isOther(TableId id) {
            return others.contains(id);
        }

        @Override
        public List<Table> children(TableId parent) {
            return relations.children(parent);
        }

        @Override
        public TableDefaults database(String name) {
            return defaults(name).orElseThrow(() -> new NotUnderstood("database " + name + " is no longer there"));
        }
    }
}
