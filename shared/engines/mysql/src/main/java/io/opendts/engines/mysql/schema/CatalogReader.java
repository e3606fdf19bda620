package io.opendts.engines.mysql.schema;

import io.opendts.model.Catalog;
import io.opendts.model.Column;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Key;
import io.opendts.model.SchemaObject;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads a server's catalog: a few queries a database, and one SHOW CREATE a table, on a few sessions at once where there are
 * many. Keys and foreign keys are taken from the definition, since the server's views of them open every table once more.
 */
public final class CatalogReader {

    /** Never selected, whatever a task says. */
    public static final Set<String> SYSTEM_DATABASES = Set.of("mysql", "sys", "information_schema", "performance_schema", "_dts");

    private static final int TABLES_PER_SESSION = 100;
    private static final int NO_SUCH_TABLE = 1146;

    private final SqlSession.Supplier sessions;

    public CatalogReader(SqlSession.Supplier sessions) {
        this.sessions = sessions;
    }

    private record Listed(TableId id, String engine, long rows, long bytes) {}

    /**
     * The session settings under which SHOW CREATE prints one canonical form. Where a server may hide generated primary keys, they
     * are asked for: the log has them in any case.
     */
    static void prepare(SqlSession session) {
        session.execute("SET SESSION sql_mode = '', time_zone = '+00:00', sql_quote_show_create = 1, character_set_results = utf8mb4");
        if (!session.query("SHOW SESSION VARIABLES LIKE 'show_gipk_in_create_table_and_information_schema'").isEmpty()) {
            session.execute("SET SESSION show_gipk_in_create_table_and_information_schema = ON");
        }
    }

    public Catalog describe(Selector selector) {
        try (SqlSession session = sessions.open()) {
            prepare(session);
            List<String> server = session.query("SELECT VERSION(), @@lower_case_table_names").getFirst();
            String version = server.getFirst();
            List<Table> tables = new ArrayList<>();
            List<SchemaObject> objects = new ArrayList<>();
            for (List<String> row : databases(session, selector)) {
                String database = row.getFirst();
                session.execute("USE " + SqlNames.quote(database));
                objects.add(database(row));
                tables.addAll(tables(session, database, selector));
                objects.addAll(new ObjectReader(session, ServerVersion.parse(version)).read(database, selector));
            }
            boolean logged = logsCascades(session);
            return new Catalog(version, !server.get(1).equals("0"),
                    logged ? tables.stream().map(CatalogReader::withoutCascades).toList() : tables, objects);
        } catch (SqlSession.Refused e) {
            throw new DtsException(ErrorCode.SOURCE_QUERY_FAILED, "reading the catalog: " + e.getMessage() + " (" + e.number() + ")",
                    "check the privileges of the task's user on the source", e);
        }
    }

    /** One table, in the session's own transaction; empty where there is none of that name. Statistics are not asked for. */
    public static Optional<Table> table(SqlSession session, TableId id) {
        prepare(session);
        List<Column> columns = session.query("SELECT " + ColumnTypes.SELECTED + " FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = "
                + SqlNames.literal(id.database()) + " AND TABLE_NAME = " + SqlNames.literal(id.name()) + " ORDER BY ORDINAL_POSITION")
                .stream().map(row -> ColumnTypes.column(id, row)).toList();
        return columns.isEmpty() ? Optional.empty() : definition(session, id).map(text -> table(id, "", text, columns, 0, 0));
    }

    /** From MySQL 9.6 on cascades are run above the storage engine, and every row that they change is in the log. */
    public static boolean logsCascades(SqlSession session) {
        List<List<String>> found = session.query("SHOW GLOBAL VARIABLES LIKE 'innodb_native_foreign_keys'");
        return !found.isEmpty() && found.getFirst().get(1).equals("OFF");
    }

    /** The same table where every row that a cascade changes is in the log. */
    public static Table withoutCascades(Table table) {
        List<Table.ForeignKey> keys = table.foreignKeys().stream()
                .map(k -> new Table.ForeignKey(k.name(), k.columns(), k.parent(), k.parentColumns(), false)).toList();
        return new Table(table.id(), table.columns(), table.keys(), keys, table.storageEngine(), table.definition(),
                table.rowsEstimated(), table.bytesEstimated());
    }

    /** Name, character set and collation of those that are selected. */
    static List<List<String>> databases(SqlSession session, Selector selector) {
        return session.query("SELECT SCHEMA_NAME, DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA"
                + " ORDER BY SCHEMA_NAME").stream().filter(row -> !SYSTEM_DATABASES.contains(row.getFirst().toLowerCase(Locale.ROOT))
                        && selector.database(row.getFirst()).isPresent()).toList();
    }

    static SchemaObject database(List<String> row) {
        String name = row.get(0);
        return new SchemaObject(SchemaObject.Kind.DATABASE, new TableId(name, name), Optional.empty(),
                "CREATE DATABASE " + SqlNames.quote(name) + " DEFAULT CHARACTER SET " + row.get(1) + " COLLATE " + row.get(2), "");
    }

    private List<Table> tables(SqlSession session, String database, Selector selector) {
        String in = " WHERE TABLE_SCHEMA = " + SqlNames.literal(database);
        List<Listed> listed = new ArrayList<>();
        for (List<String> row : session.query("SELECT TABLE_NAME, ENGINE, TABLE_ROWS, DATA_LENGTH FROM information_schema.TABLES" + in
                + " AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') ORDER BY TABLE_NAME")) {
            TableId id = new TableId(database, row.getFirst());
            if (selector.table(id).isPresent()) {
                listed.add(new Listed(id, row.get(1) == null ? "" : row.get(1), number(row.get(2)), number(row.get(3))));
            }
        }
        if (listed.isEmpty()) {
            return List.of();
        }
        Map<String, List<List<String>>> columns = new HashMap<>();
        for (List<String> row : session.query("SELECT " + ColumnTypes.SELECTED + " FROM information_schema.COLUMNS" + in
                + " ORDER BY TABLE_NAME, ORDINAL_POSITION")) {
            columns.computeIfAbsent(row.getFirst(), _ -> new ArrayList<>()).add(row);
        }
        Map<TableId, String> definitions = definitions(listed);
        List<Table> tables = new ArrayList<>();
        for (Listed table : listed) {
            String definition = definitions.get(table.id);
            List<List<String>> rows = columns.get(table.id.name());
            if (definition != null && rows != null) {
                tables.add(table(table.id, table.engine, definition,
                        rows.stream().map(row -> ColumnTypes.column(table.id, row)).toList(), table.rows, table.bytes));
            }
        }
        return tables;
    }

    private static long number(String text) {
        return text == null ? 0 : Long.parseUnsignedLong(text);
    }

    /** One SHOW CREATE TABLE each; a table that has gone in the meantime is missing in the answer. */
    private Map<TableId, String> definitions(List<Listed> tables) {
        Map<TableId, String> definitions = new ConcurrentHashMap<>();
        SideBySide.each(sessions, tables, TABLES_PER_SESSION, session -> {
            prepare(session);
            return table -> definition(session, table.id).ifPresent(text -> definitions.put(table.id, text));
        });
        return definitions;
    }

    private static Optional<String> definition(SqlSession session, TableId table) {
        try {
            return Optional.of(TableText.read(session, table));
        } catch (SqlSession.Refused e) {
            if (e.number() == NO_SUCH_TABLE) {
                return Optional.empty();
            }
            throw new DtsException(ErrorCode.SOURCE_QUERY_FAILED, "SHOW CREATE TABLE " + table + ": " + e.getMessage(),
                    "grant SELECT on the table, or leave it out of the task", e);
        }
    }

    /** With keys and foreign keys from the definition. */
    public static Table table(TableId id, String engine, String text, List<Column> columns, long rows, long bytes) {
        TableDefinition definition;
        try {
            definition = TableDefinition.parse(text);
        } catch (IllegalArgumentException e) {
            throw new DtsException(ErrorCode.SOURCE_QUERY_FAILED,
                    "the definition of " + id + " is not understood: " + e.getMessage(),
                    "leave the table out of the task", e);
        }
        Set<String> nullable = new HashSet<>(columns.stream().filter(Column::nullable).map(Column::name).toList());
        List<Key> keys = definition.keys().stream().filter(TableDefinition.KeyPart::unique)
                .sorted((a, b) -> Integer.compare(a.kind().ordinal(), b.kind().ordinal()))
                .map(key -> key(key, nullable)).toList();
        List<Table.ForeignKey> foreignKeys = definition.foreignKeys().stream().map(key -> new Table.ForeignKey(key.name(), key.columns(),
                new TableId(key.database().orElse(id.database()), key.parent()), key.parentColumns(), cascading(key))).toList();
        return new Table(id, columns, keys, foreignKeys, engine, text, rows, bytes);
    }

    private static Key key(TableDefinition.KeyPart key, Set<String> nullable) {
        List<String> columns = key.columns().stream().flatMap(c -> c.column().stream()).toList();
        boolean exact = key.columns().stream().allMatch(TableDefinition.KeyColumn::whole);
        boolean primary = key.kind() == TableDefinition.KeyPart.Kind.PRIMARY;
        boolean expression = key.columns().stream().anyMatch(c -> c.column().isEmpty());
        return new Key(key.name(), columns, primary, !primary && (expression || columns.stream().anyMatch(nullable::contains)), exact);
    }

    private static boolean cascading(TableDefinition.ForeignKeyPart key) {
        return key.actions().stream().anyMatch(t -> t.is("CASCADE") || t.is("SET"));
    }
}
