package io.opendts.task;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.spec.StartAt;
import io.opendts.spec.TaskSpec;
import io.opendts.spec.TaskType;
import io.opendts.spi.CheckScope;
import io.opendts.spi.Engine;
import io.opendts.spi.SchemaPlan;
import io.opendts.spi.Selector;
import io.opendts.spi.Session;
import io.opendts.spi.Source;
import io.opendts.spi.Target;
import io.opendts.state.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Builds what a task needs in this process from its task file. Connects to nothing yet. */
public final class TaskContexts {

    /** Halving leaves some 60 %, and estimates are up to twice too high: seconds of work, beside which its messages are little. */
    private static final long ROWS_PER_CHUNK = 300_000;

    private TaskContexts() {}

    /** @param report told of every failure that is going to be tried again */
    public static TaskContext open(TaskSpec spec, StateStore store, Consumer<DtsException> report) {
        refuseWhatIsMissing(spec);
        Engine sourceEngine = Engines.named(spec.source().engine());
        Source source = sourceEngine.source(spec.source(), Session.of(spec.name()))
                .orElseThrow(() -> Engines.missing(spec.source().engine(), "source"));
        SpecSelector selector = new SpecSelector(spec, source::foldsNames);
        Engine targetEngine = Engines.named(spec.target().engine());
        IntFunction<Target> targets = partition -> targetEngine.target(spec.target(), Session.of(spec.name(), partition))
                .orElseThrow(() -> Engines.missing(spec.target().engine(), "target"));
        return new TaskContext(spec.name(), spec.type() == TaskType.MIGRATION, spec.stages(), source, targets.apply(0),
                targetEngine.source(spec.target(), Session.of(spec.name())), sourceEngine.logOrder().orElseThrow(), selector,
                CheckScope.ExistingTables.valueOf(spec.existingTables().name()),
                SchemaPlan.Triggers.valueOf(spec.triggers().name()),
                TaskContext.Conflicts.valueOf(spec.conflicts().name()),
                selector::ddl,
                startAt(spec.startAt()), spec.precheck().ignore(), ROWS_PER_CHUNK, spec.parallelism().snapshot(),
                applyPartitions(spec), targets, new Retries(spec.retry().connection(), spec.retry().other(), report), store);
    }

    /** A target that may only pass through states of the source takes all changes in one order. */
    private static int applyPartitions(TaskSpec spec) {
        return spec.consistency() == TaskSpec.Consistency.RELAXED ? spec.parallelism().apply().orElse(1) : 1;
    }

    /** @param source asked once, when the first name is */
    public static Selector selector(TaskSpec spec, Source source) {
        return new SpecSelector(spec, source::foldsNames);
    }

    private static Optional<Position> startAt(StartAt startAt) {
        return switch (startAt) {
            case StartAt.Now(), StartAt.Timestamp(_) -> Optional.empty();
            case StartAt.GtidSet(String gtids) -> Optional.of(new Position(gtids));
            case StartAt.FilePosition(String file, long position) -> Optional.of(new Position(file + ":" + position));
        };
    }

    /** The task file may ask for more than this version does: it says so before anything is touched, all at once. */
    private static void refuseWhatIsMissing(TaskSpec spec) {
        List<String> missing = new ArrayList<>();
        if (spec.type() == TaskType.SUBSCRIPTION) {
            missing.add("type: subscription");
        }
        if (spec.twoWay().enabled()) {
            missing.add("twoWay");
        }
        if (!spec.etl().isEmpty()) {
            missing.add("etl");
        }
        if (spec.accounts().copy()) {
            missing.add("accounts.copy");
        }
        if (spec.verify().mode() != TaskSpec.VerifyMode.NONE) {
            missing.add("verify.mode (use the command `dts verify`)");
        }
        if (spec.alerts().webhook().isPresent()) {
            missing.add("alerts.webhook");
        }
        if (spec.startAt() instanceof StartAt.Timestamp) {
            missing.add("startAt with a timestamp");
        }
        boolean limited = spec.limits().full().rowsPerSecond().isPresent() || spec.limits().full().megabytesPerSecond().isPresent()
                || spec.limits().full().sourceQueriesPerSecond().isPresent() || spec.limits().incremental().rowsPerSecond().isPresent()
                || spec.limits().incremental().megabytesPerSecond().isPresent();
        if (limited) {
            missing.add("limits");
        }
        if (!missing.isEmpty()) {
            throw new DtsException(ErrorCode.FEATURE_NOT_AVAILABLE,
                    "task " + spec.name() + " asks for what this version does not do: " + String.join(", ", missing),
                    "take it out of the task file");
        }
    }
}
