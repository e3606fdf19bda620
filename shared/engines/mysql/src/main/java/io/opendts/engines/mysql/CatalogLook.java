package io.opendts.engines.mysql;

import io.opendts.engines.mysql.log.SourceCatalog;
import io.opendts.engines.mysql.schema.CatalogReader;
import io.opendts.engines.mysql.schema.SqlNames;
import io.opendts.engines.mysql.schema.SqlSession;
import io.opendts.engines.mysql.schema.WireSession;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.LookUps.Look;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks a table up on a source, whole: nobody alters it while the session has it open. A session of its own for each look. */
record CatalogLook(Sessions sessions) implements SourceCatalog {

    /** Whoever alters the table is waited for so long at a time. */
    private static final int LOCK_WAIT_SECONDS = 60;
    /** No such database or table, or a view over what is not there. */
    private static final Set<Integer> NOT_THERE = Set.of(1049, 1146, 1356);

    @Override
    public Look look(TableId table) {
        return sessions.with(server -> {
            Optional<Table> found = read(server, table);
            return new Look(found, LogEnd.read(server, ServerFacts.read(server)));
        });
    }

    @Override
    public List<Numbered> numbered(TableId table) {
        return sessions.with(server -> WireSession.reading(server, _ -> { }).query("SELECT COLUMN_NAME, ORDINAL_POSITION"
                + " FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = " + SqlNames.literal(table.database()) + " AND TABLE_NAME = "
                + SqlNames.literal(table.name()) + " ORDER BY ORDINAL_POSITION").stream()
                .map(row -> new Numbered(row.get(0), Integer.parseInt(row.get(1)))).toList());
    }

    private static Optional<Table> read(MySqlConnection server, TableId id) {
        server.execute("SET SESSION lock_wait_timeout = " + LOCK_WAIT_SECONDS);
        server.execute("START TRANSACTION");
        try {
            server.query("SELECT 1 FROM " + SqlNames.quote(id) + " LIMIT 0");
        } catch (MySqlServerError e) {
            if (NOT_THERE.contains(e.errno())) {
                return Optional.empty();
            }
            throw e;
        }
        SqlSession session = WireSession.reading(server, _ -> { });
        try {
            return engine(session, id).flatMap(engine -> CatalogReader.table(session, id).map(table -> described(session, table, engine)));
        } catch (SqlSession.Refused e) {
            throw new DtsException(ErrorCode.SOURCE_QUERY_FAILED, "looking up table " + id + ": " + e.getMessage()
                    + " (" + e.number() + ")", "check the privileges of the task's user on the source", e);
        } finally {
            server.execute("COMMIT");
        }
    }

    /** Empty for what is no table. */
    private static Optional<String> engine(SqlSession session, TableId id) {
        List<List<String>> rows = session.query("SELECT ENGINE FROM information_schema.TABLES WHERE TABLE_SCHEMA = "
                + SqlNames.literal(id.database()) + " AND TABLE_NAME = " + SqlNames.literal(id.name())
                + " AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')");
        return rows.stream().findFirst().map(row -> row.getFirst() == null ? "" : row.getFirst());
    }

    private static Table described(SqlSession session, Table table, String engine) {
        Table whole = new Table(table.id(), table.columns(), table.keys(), table.foreignKeys(), engine, table.definition(), 0, 0);
        return CatalogReader.logsCascades(session) ? CatalogReader.withoutCascades(whole) : whole;
    }
}
