package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.ddl.NotUnderstood;
import io.opendts.engines.mysql.ddl.ObjectStatement;
import io.opendts.engines.mysql.schema.SchemaStatement;
import io.opendts.model.Change;
import io.opendts.model.Change.Touched;
import io.opendts.model.DdlKind;
import io.opendts.model.ObjectName;
import io.opendts.model.Position;
import io.opendts.model.SchemaObject.Kind;
import io.opendts.model.TableId;
import io.opendts.spi.Relations;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is given on of a statement that changes the schema: its tables before and after it, and the names of all else. One thread. */
final class SchemaEvents {

    private final Relations relations;
    private final TableHistory tables;

    SchemaEvents(Relations relations, TableHistory tables) {
        this.relations = relations;
        this.tables = tables;
    }

    /**
     * A statement about tables. A selected one that there is not may be a view or a sequence: servers rename these too.
     *
     * @param read     of it
     * @param seconds  Unix time of the statement
     * @param position where it stands
     * @return empty where it is about nothing that is known or made; without the tables where what becomes of them cannot be told
     */
    Optional<Change> ofTables(QueryEvent query, SchemaStatement read, long seconds, Position position) {
        if (!tables.concerns(query, read.tables())) {
            return Optional.empty();
        }
        boolean ofShadows = tables.isOfShadows(query, read);
        List<Touched> parts = tables.parts(query, read, position);
        boolean known = !ofShadows && parts.stream().anyMatch(part -> relations.of(part.object()).isPresent());
        List<TableId> others = ofShadows ? List.of() : unknown(read.tables());
        Optional<List<Change.Reshaped>> reshaped = relations.carriesSchema() ? tables.follow(query, parts, read.tables(), position)
                : Optional.empty();
        if (reshaped.isEmpty()) {
            return Optional.of(new Change.Ddl(query.database(), query.sql(), parts));
        }
        List<ObjectName> objects = unknown(others).stream().flatMap(id -> Stream.of(Kind.VIEW, Kind.SEQUENCE)
                .map(kind -> new ObjectName(kind, id))).filter(relations::follows).toList();
        if (parts.stream().anyMatch(part -> part.kind() == DdlKind.RENAME_TABLE)) {
            tables.tellsRenamed(read.tables());
        }
        return reshaped.get().isEmpty() && objects.isEmpty() && !known ? Optional.empty()
                : Optional.of(told(query, seconds, parts, reshaped.get(), objects));
    }

    private List<TableId> unknown(List<TableId> named) {
        return named.stream().filter(id -> relations.of(id).isEmpty()).distinct().toList();
    }

    /**
     * A statement about what is not a table, as {@link #ofTables}. With a database its tables go. Where it is not understood, all of the
     * databases are looked through that it may be about.
     */
    Optional<Change> ofObjects(QueryEvent query, SchemaStatement read, long seconds, Position position) {
        if (tables.isOfShadows(query, position)) {
            return Optional.empty();
        }
        ObjectStatement statement;
        try {
            statement = ObjectStatement.read(query.sql(), query.database(), query.session().ansiQuotes(),
                    query.session().backslashEscapes());
        } catch (NotUnderstood unknown) {
            return Statement.touches(query.sql(), query.database(), relations.databases()) ? Optional.of(unknown(query, read))
                    : Optional.empty();
        }
        List<ObjectName> objects = statement.names().stream().filter(relations::follows).toList();
        objects.forEach(tables::tells);
        Optional<List<Change.Reshaped>> dropped = statement.drops().isEmpty() || objects.isEmpty() || !relations.carriesSchema()
                ? Optional.of(List.of()) : tables.drop(statement.drops().get(), position);
        if (relations.carriesSchema() && !objects.isEmpty()) {
            statement.defines().ifPresent(definition -> tables.define(definition, query, position));
        }
        if (dropped.isEmpty()) {
            return Optional.of(new Change.Ddl(query.database(), query.sql(), query.parts(read)));
        }
        return dropped.get().isEmpty() && objects.isEmpty() ? Optional.empty()
                : Optional.of(told(query, seconds, query.parts(read), dropped.get(), objects));
    }

    /** What is not understood may be about anything that is no table, but for what speaks of tables. */
    private Change unknown(QueryEvent query, SchemaStatement read) {
        if (ObjectStatement.speaksOfTables(query.sql(), query.session().ansiQuotes(), query.session().backslashEscapes())) {
            return new Change.Ddl(query.database(), query.sql(), query.parts(read));
        }
        return told(query, 0, query.parts(read), List.of(), relations.databases().stream().map(ObjectName::allOf).toList());
    }

    private Change told(QueryEvent query, long seconds, List<Touched> parts, List<Change.Reshaped> reshaped, List<ObjectName> objects) {
        Change.Clock clock = reshaped.isEmpty() ? Change.Clock.NONE : tables.clock(query, seconds);
        return new Change.Ddl(query.database(), query.sql(), clock, parts, true, reshaped, objects);
    }
}
