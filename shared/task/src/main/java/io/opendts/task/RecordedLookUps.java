package io.opendts.task;

import io.opendts.model.Change.Touched;
import io.opendts.model.DdlKind;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.CheckScope.ExistingTables;
import io.opendts.spi.LookUps;
import io.opendts.spi.Relations.Known;
import io.opendts.state.Relations.LookUp;
import io.opendts.state.Relations.LookUp.Outcome;
import io.opendts.state.Relations.Registered;
import io.opendts.state.Relations.Seen;
import io.opendts.task.DdlRules.DdlPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The look-ups of a task, kept with the versions of its tables. One reader, one thread. */
final class RecordedLookUps implements LookUps {

    private static final System.Logger LOG = System.getLogger(RecordedLookUps.class.getName());

    private static final String COPY_ALL = "or `dts reset` the task and copy again";

    private static final String ROWS_OF_OTHERS = "rows of others may be in the target's table (existingTables: ignore)";

    private static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TaskContext task;
    private final LatestRelations relations;
    private final Map<TableId, Doubt> doubts = new HashMap<>();
    /** In the order in which they were recorded. */
    private final List<Registered> recorded = new ArrayList<>();
    private final List<Registered> gone = new ArrayList<>();
    private final Deque<Registered> untold = new ArrayDeque<>();
    private final Set<TableId> asked = new LinkedHashSet<>();
    private boolean tellsRequests;
    private long lastAsked = System.nanoTime();

    /** @param passed whether the log has been read up to where the catalog was seen */
    private record Doubt(LookUp lookUp, boolean passed) {

        /** Only a table that was found is one of those that are carried again by themselves. */
        boolean over() {
            return passed && lookUp.outcome() == Outcome.FOUND;
        }
    }

    RecordedLookUps(TaskContext task, LatestRelations relations) {
        this.task = task;
        this.relations = relations;
    }

    /** A version behind which the reader does not start yet: it is met again. */
    void remember(Registered version) {
        if (version.gone()) {
            gone.add(version);
        }
        version.lookUp().ifPresent(how -> {
            recorded.add(version);
            if (how.between() && how.outcome() == Outcome.FOUND) {
                untold.add(version);
            }
        });
    }

    /** The version is in force from here on. */
    void take(Registered version) {
        TableId table = relations.folded(version.table().id());
        if (version.gone()) {
            doubts.remove(table);
        }
        version.lookUp().ifPresent(how -> doubts.put(table, new Doubt(how, false)));
    }

    /** What was told of a table before its stop was recorded is told again where it is met again. */
    void forgetFormerStops() {
        StoppedTable.of(task.store().progress(), task.name()).stream().map(StoppedTable::table)
                .filter(table -> recorded.stream().noneMatch(version -> version.table().id().equals(table))
                        && stoppedNow(table).isEmpty())
                .forEach(table -> StoppedTable.remove(task.store().progress(), task.name(), table));
    }

    private Optional<Doubt> stoppedNow(TableId table) {
        return Optional.ofNullable(doubts.get(relations.folded(table))).filter(doubt -> doubt.lookUp.outcome() == Outcome.STOPPED);
    }

    /** Tables are missing from what was recorded, or versions of them. */
    void ask(List<TableId> tables) {
        asked.addAll(tables);
        tables.forEach(table -> LOG.log(System.Logger.Level.WARNING, "task {0}: the state store has lost versions of the schema of table"
                + " {1}: it is looked up on the source and copied anew", task.name(), table));
    }

    /** Several partitions begin to copy a table anew where the log's reader tells them to. */
    void tellRequests(boolean partitions) {
        tellsRequests = partitions;
    }

    @Override
    public Remedy remedy(TableId table) {
        if (!carried(task.ddl().of(DdlKind.ALTER_TABLE, table)) || !relations.followsSchema(table)) {
            return Remedy.NONE;
        }
        if (notCopied(table).isEmpty()) {
            return Remedy.COPIED_ANEW;
        }
        return relations.of(table).isPresent() ? Remedy.STOPPED_ALONE : Remedy.NONE;
    }

    /** Why the table cannot be copied beside the log; empty where it can, as far as that is known before it is looked up. */
    private Optional<String> notCopied(TableId table) {
        if (task.selector().table(table).filter(route -> route.dataSource().isEmpty()).isEmpty()
                || relations.of(table).filter(known -> known.route().dataSource().isPresent()).isPresent()) {
            return Optional.of("it is merged with others into one");
        }
        return Optional.empty();
    }

    private Optional<String> rowsOfOthers() {
        return task.existingTables() == ExistingTables.IGNORE ? Optional.of(ROWS_OF_OTHERS) : Optional.empty();
    }

    /** Until it is copied nobody is told that all has reached the target. */
    private void await(TableId table) {
        if (Resync.of(task.store().progress(), task.name(), table).filter(one -> !isRequest(one)).isEmpty()) {
            Resync.told(table).put(task.store().progress(), task.name());
        }
    }

    private static boolean isRequest(Resync one) {
        return one.stage() instanceof Resync.Stage.Asked;
    }

    private Stream<Resync> requests() {
        return tellsRequests ? Resync.of(task.store().progress(), task.name()).stream().filter(RecordedLookUps::isRequest)
                : Stream.empty();
    }

    private void refuse(Resync request, String why) {
        LOG.log(System.Logger.Level.WARNING, "task {0} does not copy table {1} anew: {2}", task.name(), request.table(), why);
        request.remove(task.store().progress(), task.name());
    }

    @Override
    public boolean carries(List<Touched> parts) {
        return carried(task.ddl().of(parts).policy());
    }

    private static boolean carried(DdlPolicy policy) {
        return switch (policy) {
            case APPLY, HOLD -> true;
            case IGNORE, FAIL -> false;
        };
    }

    @Override
    public boolean leavesOut(TableId table) {
        return !doubts.isEmpty() && doubts.containsKey(relations.folded(table));
    }

    @Override
    public boolean overdue(TableId table) {
        Doubt doubt = doubts.get(relations.folded(table));
        return doubt != null && doubt.passed && doubt.lookUp.outcome() == Outcome.ABSENT;
    }

    @Override
    public boolean pass(Supplier<Position> at) {
        boolean passed = false;
        for (Map.Entry<TableId, Doubt> one : doubts.entrySet()) {
            LookUp how = one.getValue().lookUp;
            if (!one.getValue().passed && how.until().filter(until -> task.logOrder().reached(at.get(), until)).isPresent()) {
                one.setValue(new Doubt(how, true));
                passed = true;
            }
        }
        doubts.values().removeIf(Doubt::over);
        return passed;
    }

    @Override
    public Optional<Relation> found(TableId table, Look look, Position at, boolean between) {
        Optional<Known> known = relations.of(table);
        if (look.table().isEmpty() && known.isEmpty()) {
            return Optional.empty();
        }
        if (look.table().isPresent() && task.existingTables() == ExistingTables.IGNORE) {
            stop(table, notEmptied(), at, between);
            return Optional.empty();
        }
        Seen seen = look.table().map(relations::seen).orElseGet(() -> relations.seen(known.get()));
        Outcome outcome = look.table().isPresent() ? Outcome.FOUND : Outcome.ABSENT;
        return taken(record(seen, at, new LookUp(Optional.of(look.until()), between, outcome)));
    }

    private static DtsException notEmptied() {
        return new DtsException(ErrorCode.LOG_DDL, "what became of its rows is not in the log, and it cannot be copied anew: "
                + ROWS_OF_OTHERS, COPY_ALL);
    }

    /** Those that its cascades change come first: where the table itself is recorded, all of them are. */
    @Override
    public void stop(TableId table, DtsException why, Position at, boolean between) {
        Known known = relations.of(table).orElseThrow(() -> why);
        for (Known child : relations.changedBy(table)) {
            DtsException because = new DtsException(why.code(), "cascades of table " + known.table().id()
                    + ", which is stopped, change rows of it", why.remedy(), why);
            stop(child, because, at, between);
        }
        stop(known, why, at, between);
    }

    private void stop(Known known, DtsException why, Position at, boolean between) {
        TableId table = known.table().id();
        if (!isTold(table)) {
            StoppedTable stopped = StoppedTable.of(task.name(), table, why, at, notCopied(table).or(this::rowsOfOthers));
            stopped.put(task.store().progress(), task.name());
            LOG.log(System.Logger.Level.ERROR, "task {0}: {1} {2}; {3}", task.name(), stopped.failure().code(),
                    stopped.failure().message(), stopped.failure().remedy());
        }
        if (repeat(table, at, between).isEmpty()) {
            taken(record(relations.seen(known), at, new LookUp(Optional.empty(), between, Outcome.STOPPED)));
        }
    }

    /** What stopped it first counts, until somebody asks for it. */
    private boolean isTold(TableId table) {
        return StoppedTable.of(task.store().progress(), task.name()).stream().anyMatch(one -> one.table().equals(table) && !one.asked());
    }

    private Registered record(Seen seen, Position at, LookUp how) {
        Registered version = task.store().relations().lookedUp(task.name(), seen, at, how);
        relations.recorded(version);
        return version;
    }

    private Optional<Relation> taken(Registered version) {
        TableId table = version.table().id();
        boolean there = relations.of(table).isPresent();
        relations.take(version);
        LookUp how = version.lookUp().orElseThrow();
        if (how.outcome() == Outcome.FOUND) {
            relations.keepOrderOfParents(version.table(), version.since().orElseThrow());
            if (how.between() && there) {
                await(table);
            }
        }
        if (how.outcome() != Outcome.FOUND) {
            requests().filter(one -> one.table().equals(table)).forEach(one -> refuse(one, "it cannot be read"));
        }
        if (how.outcome() != Outcome.STOPPED) {
            StoppedTable.remove(task.store().progress(), task.name(), table);
        }
        return after(version);
    }

    private static Optional<Relation> after(Registered version) {
        return version.lookUp().filter(how -> how.outcome() == Outcome.FOUND).map(_ -> version.relation());
    }

    @Override
    public boolean recorded(TableId table, Position at, boolean between) {
        return earlier(table, at, between).isPresent();
    }

    private Optional<Registered> earlier(TableId table, Position at, boolean between) {
        return recorded.stream().filter(version -> stands(version, table, at)
                && version.lookUp().filter(how -> how.between() == between).isPresent()).findFirst();
    }

    @Override
    public Optional<Recorded> repeat(TableId table, Position at, boolean between) {
        Optional<Registered> first = earlier(table, at, between);
        first.ifPresent(untold::remove);
        first.filter(RecordedLookUps::stops).ifPresent(_ -> recorded.stream()
                .filter(version -> stops(version) && stands(version, version.table().id(), at)).forEach(this::taken));
        return first.map(this::told);
    }

    private static boolean stops(Registered version) {
        return version.lookUp().filter(how -> how.outcome() == Outcome.STOPPED).isPresent();
    }

    private Recorded told(Registered version) {
        return new Recorded(version.table().id(), version.since().orElseThrow(), taken(version));
    }

    @Override
    public boolean went(TableId table, Position at) {
        return gone.stream().anyMatch(version -> stands(version, table, at));
    }

    /** Positions with the same transactions in front of them are the same: offsets may be others when a log is read again. */
    private boolean stands(Registered version, TableId table, Position at) {
        Position since = version.since().orElseThrow();
        return relations.folded(version.table().id()).equals(relations.folded(table)) && (since.equals(at)
                || task.logOrder().reached(at, since) && task.logOrder().reached(since, at));
    }

    @Override
    public boolean untold() {
        return !untold.isEmpty();
    }

    @Override
    public List<Recorded> repeated(Position at) {
        List<Recorded> now = new ArrayList<>();
        while (!untold.isEmpty() && task.logOrder().reached(at, untold.peek().since().orElseThrow())) {
            now.add(told(untold.poll()));
        }
        return now;
    }

    @Override
    public List<TableId> asked() {
        if (asked.isEmpty() && doubts.isEmpty() && !tellsRequests) {
            return List.of();
        }
        long now = System.nanoTime();
        if (now - lastAsked > ASK_NANOS) {
            lastAsked = now;
            if (doubts.values().stream().anyMatch(doubt -> doubt.lookUp.outcome() == Outcome.STOPPED)) {
                StoppedTable.of(task.store().progress(), task.name()).stream().filter(StoppedTable::asked)
                        .flatMap(one -> withTied(one.table())).filter(this::leavesOut).forEach(asked::add);
            }
            requests().forEach(this::tell);
        }
        List<TableId> once = List.copyOf(asked);
        asked.clear();
        return once;
    }

    /** All that are stopped with it: they are copied together. */
    private Stream<TableId> withTied(TableId table) {
        return Stream.concat(Stream.of(table), relations.together(table).stream().map(known -> known.table().id())
                .filter(other -> stoppedNow(other).isPresent()));
    }

    private void tell(Resync request) {
        if (rowsOfOthers().isPresent()) {
            refuse(request, ROWS_OF_OTHERS);
        } else if (remedy(request.table()) == Remedy.COPIED_ANEW) {
            asked.add(request.table());
        } else {
            refuse(request, "its task does not follow changes of its schema, and its changes are applied in several partitions");
        }
    }
}
