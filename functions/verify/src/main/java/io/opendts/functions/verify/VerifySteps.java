package io.opendts.functions.verify;

import io.opendts.functions.verify.VerifyFunction.ComparedChunk;
import io.opendts.functions.verify.VerifyFunction.Patience;
import io.opendts.model.Catalog;
import io.opendts.model.Chunk;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.queue.Payload;
import io.opendts.spi.Selector;
import io.opendts.spi.Source;
import io.opendts.state.Verifications;
import io.opendts.state.Verifications.Compared;
import io.opendts.state.Verifications.Example;
import io.opendts.state.Verifications.Run;
import io.opendts.task.TaskContext;
import io.opendts.task.WithoutShadows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A comparison in steps, for processes that share nothing but the state store: one invocation plans the task's tables, or
 * compares one chunk. Safe to call twice.
 */
public final class VerifySteps {

    /** Of one chunk; the number of all differences is counted. */
    private static final int EXAMPLES_MAX = 100;

    public Payload.VerifyCompleted handle(TaskContext task, Payload.VerifyRequested request) throws InterruptedException {
        Optional<Run> run = task.store().verifications().current(task.name()).filter(r -> r.run().equals(request.run()));
        if (run.isEmpty()) {
            return new Payload.VerifyCompleted(task.name(), request.run(), request.chunk(), 0, 0);
        }
        return request.chunk() == null ? plan(task, request.run()) : compare(task, request.run(), request.chunk());
    }

    private static Payload.VerifyCompleted plan(TaskContext task, String run) {
        Source target = target(task);
        Verifications runs = task.store().verifications();
        Catalog left = task.source().describe(WithoutShadows.of(task.selector(), task.store(), task.name()));
        TargetTables right = TargetTables.read(target, left, task.selector());
        VerifyFunction function = new VerifyFunction(task.source(), target, Patience.UNDER_LOAD);
        for (Table table : left.tables()) {
            Optional<TablePair> pair = pair(task, target, table, right);
            if (pair.isPresent()) {
                runs.plan(task.name(), run, table.id(), function.split(pair.get()));
            } else {
                Chunk whole = new Chunk(table.id(), 0, Chunk.Kind.WHOLE, "", "");
                runs.plan(task.name(), run, table.id(), List.of(whole));
                runs.done(task.name(), run, new Compared(whole, 0, 1,
                        List.of(new Example(RowDifference.Kind.TABLE_MISSING.name(), ""))), Optional.empty());
            }
        }
        runs.planned(task.name(), run);
        return new Payload.VerifyCompleted(task.name(), run, null, 0, 0);
    }

    private static Payload.VerifyCompleted compare(TaskContext task, String run, Chunk chunk) throws InterruptedException {
        Source target = target(task);
        Catalog left = task.source().describe(new OnlyTable(task.selector(), chunk.table()));
        TargetTables right = TargetTables.read(target, left, task.selector());
        Optional<TablePair> pair = left.tables().stream().findFirst().flatMap(table -> pair(task, target, table, right));
        List<Example> examples = new ArrayList<>();
        ComparedChunk compared = pair.isEmpty()
                ? missing(examples)
                : new VerifyFunction(task.source(), target, Patience.UNDER_LOAD).compare(pair.get(), chunk, d -> example(d, examples));
        task.store().verifications().done(task.name(), run,
                new Compared(chunk, compared.rows(), compared.differences(), examples), compared.next());
        return new Payload.VerifyCompleted(task.name(), run, chunk, compared.rows(), compared.differences());
    }

    private static ComparedChunk missing(List<Example> examples) {
        examples.add(new Example(RowDifference.Kind.TABLE_MISSING.name(), ""));
        return new ComparedChunk(0, 1, Optional.empty());
    }

    private static void example(RowDifference difference, List<Example> examples) {
        if (examples.size() < EXAMPLES_MAX) {
            examples.add(new Example(difference.kind().name(), difference.key() == null ? "" : KeyText.of(difference.key())));
        }
    }

    private static Source target(TaskContext task) {
        return task.targetAsSource().orElseThrow(() -> new DtsException(ErrorCode.FEATURE_NOT_AVAILABLE,
                "task " + task.name() + ": this target cannot be read, so it cannot be compared",
                "compare by the means of the target"));
    }

    private static Optional<TablePair> pair(TaskContext task, Source target, Table table, TargetTables right) {
        Route route = task.selector().route(table).orElseThrow();
        return right.of(route.target()).flatMap(t -> TablePair.of(task.source(), table, route, target, t));
    }

    /** One table of a selection. */
    private record OnlyTable(Selector all, TableId table) implements Selector {

        @Override
        public Optional<String> database(String source) {
            return source.equals(table.database()) ? all.database(source) : Optional.empty();
        }

        @Override
        public Optional<Route> table(TableId source) {
            return source.equals(table) ? all.table(source) : Optional.empty();
        }

        @Override
        public boolean objects(String database) {
            return false;
        }
    }
}
