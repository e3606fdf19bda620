package io.opendts.functions.control.api;

import io.opendts.functions.control.Dispatcher;
import io.opendts.model.Catalog;
import io.opendts.model.Change;
import io.opendts.model.CheckItem;
import io.opendts.model.Checkpoint;
import io.opendts.model.Chunk;
import io.opendts.model.ObjectName;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.SchemaObject;
import io.opendts.model.Table;
import io.opendts.queue.Message;
import io.opendts.spec.Environment;
import io.opendts.spec.TaskFile;
import io.opendts.spec.TaskSpec;
import io.opendts.spec.TaskType;
import io.opendts.spi.Applier;
import io.opendts.spi.CheckScope;
import io.opendts.spi.Checkpoints;
import io.opendts.spi.ChunkRead;
import io.opendts.spi.LogOrder;
import io.opendts.spi.ExactCopy;
import io.opendts.spi.LogReader;
import io.opendts.spi.Relations;
import io.opendts.spi.RowSink;
import io.opendts.spi.SchemaPlan;
import io.opendts.spi.Selector;
import io.opendts.spi.Source;
import io.opendts.spi.Target;
import io.opendts.state.EmbeddedStateStore;
import io.opendts.task.DdlRules;
import io.opendts.task.Retries;
import io.opendts.task.SealedSpecs;
import io.opendts.task.TaskContext;
import io.opendts.task.TaskContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The service on a real store, with messages kept in a list and two ends of which one number is all: how long the source's log is. */
final class ServiceRig implements AutoCloseable {

    static final String FILE = """
            name: shop
            type: migration
            source: {engine: mysql, host: one, username: u, password: "${SECRET}"}
            target: {engine: mysql, host: two, username: u, password: "${SECRET}"}
            objects:
              - database: shop
            """;
    static final TaskBody BODY = new TaskBody(FILE, Map.of("${SECRET}", "hunter2"));

    final EmbeddedStateStore store;
    final List<Message> sent = new CopyOnWriteArrayList<>();
    final List<String> forgotten = new ArrayList<>();
    final AtomicLong logEnd = new AtomicLong(100);
    final TaskService service;

    ServiceRig(Path folder) throws IOException {
        store = EmbeddedStateStore.open(folder.resolve("state"));
        Path key = Files.writeString(folder.resolve("key"), Base64.getEncoder().encodeToString(new byte[32]));
        Dispatcher dispatcher = new Dispatcher(store, (topic, message) -> sent.add(message), InstantSource.system());
        service = new TaskService(store, dispatcher, SealedSpecs.withKeyFile(key), task -> forgotten.add("topic " + task),
                this::context, InstantSource.system());
    }

    List<String> sentIds() {
        return sent.stream().map(Message::id).toList();
    }

    TaskContext open(String file) {
        return context(((TaskFile.Result.Valid) TaskFile.parse(file, Environment.of(BODY.references()))).spec());
    }

    private TaskContext context(TaskSpec spec) {
        LogOrder order = new LogOrder() {
            @Override
            public boolean reached(Position at, Position goal) {
                return Long.parseLong(at.text()) >= Long.parseLong(goal.text());
            }

            @Override
            public boolean covers(Position copy, Change.Begin transaction) {
                throw new AssertionError();
            }
        };
        return new TaskContext(spec.name(), spec.type() == TaskType.MIGRATION, spec.stages(), new Log(), new Ground(),
                Optional.empty(), order, TaskContexts.selector(spec, new Log()),
                CheckScope.ExistingTables.ERROR, SchemaPlan.Triggers.SKIP, TaskContext.Conflicts.FAIL,
                (_, _) -> DdlRules.DdlPolicy.FAIL, Optional.empty(), spec.precheck().ignore(), 1000, spec.parallelism().snapshot(), 1,
                _ -> new Ground(), new Retries(Duration.ofSeconds(1), Duration.ofSeconds(1), failure -> { }), store);
    }

    @Override
    public void close() {
        store.close();
    }

    private final class Log implements Source {
        @Override
        public boolean foldsNames() {
            return false;
        }

        @Override
        public Position position() {
            return new Position(Long.toString(logEnd.get()));
        }

        @Override
        public List<CheckItem> check(Selector selector, CheckScope scope) {
            throw new AssertionError();
        }

        @Override
        public Catalog describe(Selector selector) {
            throw new AssertionError();
        }

        @Override
        public List<SchemaObject> objects(Selector selector, List<ObjectName> names) {
            throw new AssertionError();
        }

        @Override
        public List<Chunk> split(Table table, Route route, long rowsPerChunk) {
            throw new AssertionError();
        }

        @Override
        public ChunkRead read(Chunk chunk, Table table, Route route, Relation relation, long rowsPerChunk, RowSink sink) {
            throw new AssertionError();
        }

        @Override
        public ChunkRead readUnchanged(Chunk chunk, Table table, Route route, Relation relation, long rowsPerChunk, Position behind,
                RowSink sink) {
            throw new AssertionError();
        }

        @Override
        public Chunk walk(Table table, Route route) {
            throw new AssertionError();
        }

        @Override
        public boolean unchanged(Table table) {
            throw new AssertionError();
        }

        @Override
        public ExactCopy exact(List<Table> tables) {
            throw new AssertionError();
        }

        @Override
        public LogReader log(Position from, Relations relations) {
            throw new AssertionError();
        }

        @Override
        public void close() {}
    }

    private final class Ground implements Target {
        @Override
        public void forget() {
            forgotten.add("target");
        }

        @Override
        public List<CheckItem> check(Catalog source, Selector selector, CheckScope scope) {
            throw new AssertionError();
        }

        @Override
        public void define(SchemaPlan plan, SchemaPlan.Step step, Consumer<String> report) {
            throw new AssertionError();
        }

        @Override
        public List<ChunkRead> load(List<Load> loads, CheckScope.ExistingTables existing) {
            throw new AssertionError();
        }

        @Override
        public List<ChunkRead> load(List<LoadBehind> loads, Checkpoint standing, int partitions) {
            throw new AssertionError();
        }

        @Override
        public Optional<Checkpoint> checkpoint() {
            throw new AssertionError();
        }

        @Override
        public Checkpoints checkpoints(int partitions) {
            throw new AssertionError();
        }

        @Override
        public Applier applier() {
            throw new AssertionError();
        }

        @Override
        public void close() {}
    }
}
