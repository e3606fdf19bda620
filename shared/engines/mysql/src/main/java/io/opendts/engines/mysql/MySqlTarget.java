package io.opendts.engines.mysql;

import io.opendts.engines.mysql.apply.KeptCheckpoints;
import io.opendts.engines.mysql.apply.Loader;
import io.opendts.engines.mysql.apply.MySqlApplier;
import io.opendts.engines.mysql.apply.Progress;
import io.opendts.engines.mysql.apply.RowRepair;
import io.opendts.engines.mysql.check.MergeCheck;
import io.opendts.engines.mysql.check.TargetCheck;
import io.opendts.engines.mysql.schema.CatalogReader;
import io.opendts.engines.mysql.schema.CollationChanges;
import io.opendts.engines.mysql.schema.SchemaMaker;
import io.opendts.engines.mysql.schema.SchemaReview;
import io.opendts.engines.mysql.schema.TargetFacts;
import io.opendts.engines.mysql.schema.WireSession;
import io.opendts.engines.mysql.wire.ConnectSettings;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlWireException;
import io.opendts.model.Catalog;
import io.opendts.model.CheckItem;
import io.opendts.model.Checkpoint;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Row;
import io.opendts.model.Stage;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.Applier;
import io.opendts.spi.CheckScope;
import io.opendts.spi.Checkpoints;
import io.opendts.spi.ChunkRead;
import io.opendts.spi.Mender;
import io.opendts.spi.SchemaPlan;
import io.opendts.spi.Selector;
import io.opendts.spi.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A MySQL or MariaDB server that is written to. */
final class MySqlTarget implements Target, Mender {

    private static final int PROBLEMS_NAMED_MAX = 10;

    private final Sessions sessions;
    private final Progress progress;
    private final Loader loader;
    private final AtomicReference<RowRepair> repair = new AtomicReference<>();
    private final AtomicBoolean progressMade = new AtomicBoolean();

    MySqlTarget(Sessions sessions) {
        this.sessions = sessions;
        this.progress = new Progress(this::writing, sessions.session().task(), sessions.session().partition());
        this.loader = new Loader(this::writing, progress);
    }

    @Override
    public List<CheckItem> check(Catalog source, Selector selector, CheckScope scope) {
        try {
            List<CheckItem> items = new ArrayList<>();
            sessions.with(server -> {
                ServerFacts facts = ServerFacts.read(server);
                items.add(CheckItem.passed("target.connection", ErrorCode.TARGET_UNREACHABLE,
                        "connected" + (server.encrypted() ? " with TLS" : " without TLS") + " as " + facts.account()));
                items.addAll(new TargetCheck(server, facts, scope).items(source, selector));
                items.addAll(MergeCheck.items(source, selector, facts::folded, tables -> existing(facts, tables)));
                if (scope.includes(Stage.SCHEMA) && !source.tables().isEmpty()) {
                    items.add(collations(server, source, selector));
                    items.addAll(expressible(new SchemaPlan(source, selector, scope.existingTables(),
                            SchemaPlan.Triggers.DISABLED_UNTIL_CUTOVER)));
                }
                return items;
            });
            return items;
        } catch (DtsException failure) {
            return List.of(CheckItem.failed("target.connection", failure.code(), failure.getMessage(), failure.remedy()));
        }
    }

    private List<Table> existing(ServerFacts facts, List<TableId> tables) {
        Set<TableId> wanted = Set.copyOf(tables);
        Set<String> databases = tables.stream().map(TableId::database).collect(Collectors.toSet());
        return new CatalogReader(() -> WireSession.reading(sessions.open(), sessions::release)).describe(new Selector() {
            @Override
            public Optional<String> database(String name) {
                return databases.contains(facts.folded(name)) ? Optional.of(name) : Optional.empty();
            }

            @Override
            public Optional<Route> table(TableId id) {
                return wanted.contains(new TableId(facts.folded(id.database()), facts.folded(id.name())))
                        ? Optional.of(Route.same(id)) : Optional.empty();
            }

            @Override
            public boolean objects(String database) {
                return false;
            }
        }).tables();
    }

    private static CheckItem collations(MySqlConnection server, Catalog source, Selector selector) {
        CollationChanges changes = CollationChanges.of(source, selector, TargetFacts.read(WireSession.reading(server, _ -> { })));
        String becomes = changes.becomes().entrySet().stream().map(e -> e.getKey() + " becomes " + e.getValue())
                .collect(Collectors.joining(", "));
        String remedy = "choose another one by `collations: {SOURCE: TARGET}` in the task file, of the same character set";
        if (!changes.lacking().isEmpty()) {
            return CheckItem.failed("target.collations", ErrorCode.COLLATION_UNKNOWN, "the target knows no counterpart of "
                    + changes.lacking().entrySet().stream().map(e -> e.getKey() + " (" + e.getValue() + ")")
                            .collect(Collectors.joining(", ")) + (becomes.isEmpty() ? "" : "; " + becomes), remedy);
        }
        return becomes.isEmpty()
                ? CheckItem.passed("target.collations", ErrorCode.COLLATION_UNKNOWN, "the target knows every collation")
                : CheckItem.warning("target.collations", ErrorCode.COLLATION_UNKNOWN, becomes
                        + ": texts that were different under a unique key may be the same there", remedy);
    }

    /** Whether this server's version can have what the source has, and what it will have otherwise. */
    private List<CheckItem> expressible(SchemaPlan plan) {
        SchemaReview review;
        try (WireSession session = WireSession.making(sessions.open(), sessions::release)) {
            review = SchemaReview.of(plan, session);
        }
        CheckItem objects = review.problems().isEmpty()
                ? CheckItem.passed("target.objects", ErrorCode.TARGET_OBJECT_UNSUPPORTED, "the target can have every selected object")
                : CheckItem.failed("target.objects", ErrorCode.TARGET_OBJECT_UNSUPPORTED,
                        review.problems().size() + " objects cannot be made on the target: "
                                + first(review.problems().stream().map(p -> p.object() + ": " + p.reason()).toList()),
                        "change them on the source, leave them out of the task, or choose a newer target");
        CheckItem differences = review.differences().isEmpty()
                ? CheckItem.passed("target.differences", ErrorCode.TARGET_OBJECT_UNSUPPORTED, "every object will be as on the source")
                : CheckItem.warning("target.differences", ErrorCode.TARGET_OBJECT_UNSUPPORTED,
                        "not all will be as on the source: " + first(review.differences()),
                        "make these objects on the target as you want them, and set existingTables: ignore");
        return List.of(objects, differences);
    }

    private static String first(List<String> texts) {
        return texts.stream().limit(PROBLEMS_NAMED_MAX).collect(Collectors.joining("; "))
                + (texts.size() > PROBLEMS_NAMED_MAX ? "; and " + (texts.size() - PROBLEMS_NAMED_MAX) + " more" : "");
    }

    @Override
    public void define(SchemaPlan plan, SchemaPlan.Step step, Consumer<String> report) {
        try {
            new SchemaMaker(() -> WireSession.making(sessions.open(), sessions::release)).define(plan, step, report);
        } catch (MySqlWireException failure) {
            throw sessions.translate(failure);
        }
    }

    @Override
    public List<ChunkRead> load(List<Load> loads, CheckScope.ExistingTables existing) {
        ensureProgress();
        return loader.load(loads, existing == CheckScope.ExistingTables.IGNORE);
    }

    @Override
    public List<ChunkRead> load(List<LoadBehind> loads, Checkpoint standing, int partitions) {
        return loader.load(loads, standing, partitions);
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return progress.checkpoint();
    }

    @Override
    public Checkpoints checkpoints(int partitions) {
        return new KeptCheckpoints(this::writing, progress, partitions);
    }

    @Override
    public Applier applier() {
        ensureProgress();
        return new MySqlApplier(this::writing, progress, true);
    }

    @Override
    public void forget() {
        progress.forget();
    }

    @Override
    public byte[] settings() {
        return RowRepair.settings();
    }

    @Override
    public byte[] put(Relation relation, Row row) {
        return repair().put(relation, row);
    }

    @Override
    public byte[] remove(Relation relation, Row row) {
        return repair().remove(relation, row);
    }

    private RowRepair repair() {
        return repair.updateAndGet(known -> known != null ? known : new RowRepair(sessions.with(MySqlConnection::mariaDb)));
    }

    /** Once a process is enough. */
    private void ensureProgress() {
        if (!progressMade.get()) {
            progress.ensureProgress();
            progressMade.set(true);
        }
    }

    private MySqlConnection writing() {
        return sessions.open(MySqlTarget::forWriting);
    }

    private static ConnectSettings forWriting(ConnectSettings settings) {
        return settings.withFoundRows(true).withMultiStatements(true).withLoadLocal(true);
    }

    @Override
    public void close() {
        sessions.close();
    }
}
