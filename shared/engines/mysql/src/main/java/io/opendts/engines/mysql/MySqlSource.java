package io.opendts.engines.mysql;

import io.opendts.engines.mysql.check.FilterCheck;
import io.opendts.engines.mysql.check.SourceCheck;
import io.opendts.engines.mysql.copy.ChunkPlanner;
import io.opendts.engines.mysql.copy.ChunkReader;
import io.opendts.engines.mysql.copy.ExactTables;
import io.opendts.engines.mysql.copy.Layout;
import io.opendts.engines.mysql.copy.RowDigester;
import io.opendts.engines.mysql.copy.UnchangedRead;
import io.opendts.engines.mysql.log.MySqlLogReader;
import io.opendts.engines.mysql.schema.CatalogReader;
import io.opendts.engines.mysql.schema.ObjectLook;
import io.opendts.engines.mysql.schema.WireSession;
import io.opendts.engines.mysql.shadow.ToolsAtWork;
import io.opendts.engines.mysql.wire.MySqlWireException;
import io.opendts.model.Catalog;
import io.opendts.model.CheckItem;
import io.opendts.model.Chunk;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.ObjectName;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.SchemaObject;
import io.opendts.model.Table;
import io.opendts.spi.CheckScope;
import io.opendts.spi.ChunkRead;
import io.opendts.spi.Digester;
import io.opendts.spi.ExactCopy;
import io.opendts.spi.LogReader;
import io.opendts.spi.OnlineDdl;
import io.opendts.spi.Relations;
import io.opendts.spi.RowSink;
import io.opendts.spi.Selector;
import io.opendts.spi.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A MySQL or MariaDB server that is read. */
final class MySqlSource implements Source, Digester {

    private final Sessions sessions;

    MySqlSource(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public List<CheckItem> check(Selector selector, CheckScope scope) {
        try {
            List<CheckItem> items = new ArrayList<>();
            sessions.with(server -> {
                ServerFacts facts = ServerFacts.read(server);
                items.add(CheckItem.passed("source.connection", ErrorCode.SOURCE_UNREACHABLE,
                        "connected" + (server.encrypted() ? " with TLS" : " without TLS") + " as " + facts.account()));
                Catalog all = catalog(selector);
                ToolsAtWork tools = ToolsAtWork.in(all);
                boolean left = selector.onlineDdl() != OnlineDdl.COPY && !tools.names().isEmpty();
                Catalog catalog = left ? tools.others() : all;
                if (left) {
                    items.add(CheckItem.passed("source.online-ddl", ErrorCode.LOG_DDL, "tools for schema changes are at work or have left"
                            + " something; it stays behind: " + String.join(", ", tools.names())));
                }
                items.addAll(new SourceCheck(server, facts, scope).items(catalog));
                return items.addAll(new FilterCheck(sessions::open, catalog, selector, scope).items());
            });
            return items;
        } catch (DtsException failure) {
            return List.of(CheckItem.failed("source.connection", failure.code(), failure.getMessage(), failure.remedy()));
        }
    }

    @Override
    public Catalog describe(Selector selector) {
        Catalog all = catalog(selector);
        return selector.onlineDdl() == OnlineDdl.COPY ? all : ToolsAtWork.in(all).others();
    }

    private Catalog catalog(Selector selector) {
        return translated(() -> new CatalogReader(() -> WireSession.reading(sessions.open(), sessions::release)).describe(selector));
    }

    @Override
    public List<SchemaObject> objects(Selector selector, List<ObjectName> names) {
        return translated(() -> {
            try (WireSession session = WireSession.reading(sessions.open(), sessions::release)) {
                return new ObjectLook(session, selector, names).objects();
            }
        });
    }

    @Override
    public boolean foldsNames() {
        return sessions.with(server -> !"0".equals(server.query("SELECT @@lower_case_table_names").text(0, 0)));
    }

    @Override
    public Position position() {
        return sessions.with(server -> LogEnd.read(server, ServerFacts.read(server)));
    }

    @Override
    public List<Chunk> split(Table table, Route route, long rowsPerChunk) {
        return new ChunkPlanner(sessions::open).split(table, route, rowsPerChunk);
    }

    @Override
    public Chunk walk(Table table, Route route) {
        return ChunkPlanner.walk(table, route);
    }

    @Override
    public ChunkRead read(Chunk chunk, Table table, Route route, Relation relation, long rowsPerChunk, RowSink sink) {
        return new ChunkReader(sessions::open).read(chunk, table, route, relation, rowsPerChunk, sink);
    }

    @Override
    public ChunkRead readUnchanged(Chunk chunk, Table table, Route route, Relation relation, long rowsPerChunk, Position behind,
            RowSink sink) {
        return new UnchangedRead(sessions::open, behind).read(chunk, table, route, relation, rowsPerChunk, sink);
    }

    @Override
    public boolean unchanged(Table table) {
        return sessions.with(server -> Layout.holds(server, table));
    }

    @Override
    public ExactCopy exact(List<Table> tables) {
        return ExactTables.open(sessions::open, tables);
    }

    @Override
    public LogReader log(Position from, Relations relations) {
        return translated(() -> MySqlLogReader.open(sessions.settings(), from, relations, new CatalogLook(sessions)));
    }

    @Override
    public Digest digest(Chunk chunk, Table table, Relation relation, Optional<String> filter) {
        return new RowDigester(sessions::open).digest(chunk, table, relation, filter);
    }

    private <T> T translated(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (MySqlWireException failure) {
            throw sessions.translate(failure);
        }
    }

    @Override
    public void close() {
        sessions.close();
    }
}
