package io.opendts.functions.schema;

import io.opendts.model.Catalog;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.SchemaObject;
import io.opendts.model.Stage;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.queue.Payload;
import io.opendts.spi.SchemaPlan;
import io.opendts.state.Relations.Registered;
import io.opendts.state.Relations.Seen;
import io.opendts.task.DatabaseTexts;
import io.opendts.task.Facts;
import io.opendts.task.MadeObjects;
import io.opendts.task.TaskContext;
import io.opendts.task.WaitingObject;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Learns what the source holds and makes it on the target. Each step is idempotent and may be killed at any moment. */
public final class SchemaFunction {

    /** In front of the first stage: the source's catalog is read and recorded, whatever the stages are. */
    public static final String PREPARE = "PREPARE";

    /** @param report told of each object made */
    public Payload.SchemaCompleted handle(TaskContext task, Payload.SchemaRequested request, Consumer<String> report) {
        long began = System.currentTimeMillis();
        int[] objects = {0};
        if (PREPARE.equals(request.step())) {
            prepare(task);
        } else {
            make(task, step(request), made -> {
                objects[0]++;
                report.accept(made);
            });
        }
        return new Payload.SchemaCompleted(task.name(), request.step(), objects[0], System.currentTimeMillis() - began);
    }

    private static SchemaPlan.Step step(Payload.SchemaRequested request) {
        return Arrays.stream(SchemaPlan.Step.values()).filter(step -> step.name().equals(request.step())).findFirst()
                .orElseThrow(() -> new DtsException(ErrorCode.MESSAGE_REFUSED,
                        "task " + request.task() + " is asked for the step " + request.step() + ", which there is not",
                        "send " + PREPARE + " or one of " + Arrays.toString(SchemaPlan.Step.values())));
    }

    /**
     * Records where the log is read from and the layout that every selected table has there. One that a user has chosen to start from is
     * taken as it is: what the log tells of changes behind it is followed from today's tables.
     */
    public void prepare(TaskContext task) {
        Facts facts = Facts.of(task);
        Catalog catalog;
        if (task.runs(Stage.INCREMENTAL) && task.startAt().isEmpty() && !facts.prepared()) {
            StillCatalog still = StillCatalog.read(task, facts.logStart());
            facts.moveLogStart(still.from());
            catalog = still.catalog();
        } else {
            task.startAt().ifPresent(facts::logStart);
            catalog = task.source().describe(task.selector());
        }
        facts.sourceVersion(catalog.serverVersion());
        Set<TableId> cascading = cascading(catalog.tables());
        task.store().relations().register(task.name(), catalog.tables().stream()
                .map(table -> new Seen(table, task.selector().route(table).orElseThrow(), cascading.contains(table.id()))).toList());
        MadeObjects.of(task).put(MadeObjects.byName(catalog.objects()));
        catalog.objects().stream().filter(object -> object.kind() == SchemaObject.Kind.DATABASE)
                .forEach(database -> DatabaseTexts.of(task).begin(database.id().database(), database.definition()));
    }

    public void make(TaskContext task, SchemaPlan.Step step, Consumer<String> report) {
        Catalog catalog = switch (step) {
            case BEFORE_LOAD -> withTablesAsCopied(task, task.source().describe(task.selector()));
            case CUT_OVER -> task.source().describe(task.selector());
            case AFTER_LOAD -> tablesAsCopied(task);
        };
        task.target().define(new SchemaPlan(catalog, task.selector(), task.existingTables(), task.triggers()), step, report);
        if (step == SchemaPlan.Step.CUT_OVER) {
            WaitingObject.of(task.store().progress(), task.name()).forEach(one ->
                    report.accept(one.name() + " is not as on the source: the target has not taken it yet"));
        }
        MadeObjects.of(task).put(MadeObjects.byName(catalog.objects()));
    }

    /** What statements make of tables from now on the log tells. */
    private static Catalog withTablesAsCopied(TaskContext task, Catalog now) {
        return new Catalog(now.serverVersion(), now.foldsNames(), tablesAsCopied(task).tables(), now.objects());
    }

    /** Indexes and foreign keys belong to the tables as they were when they were copied, whatever the source has made of them since. */
    private static Catalog tablesAsCopied(TaskContext task) {
        return new Catalog(Facts.of(task).sourceVersion(),
                task.store().relations().latest(task.name()).stream().map(Registered::table).toList(), List.of());
    }

    /** Both ends of every foreign key by which the storage engine changes rows on its own. */
    private static Set<TableId> cascading(List<Table> tables) {
        Set<TableId> both = new HashSet<>();
        for (Table table : tables) {
            table.foreignKeys().stream().filter(Table.ForeignKey::cascading).forEach(key -> {
                both.add(table.id());
                both.add(key.parent());
            });
        }
        return both;
    }
}
