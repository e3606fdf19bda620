package io.opendts.functions.schema;

import io.opendts.model.Catalog;
import io.opendts.model.Change;
import io.opendts.model.ObjectName;
import io.opendts.model.Position;
import io.opendts.model.SchemaObject;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.LogReader;
import io.opendts.spi.Relations;
import io.opendts.spi.Selector;
import io.opendts.task.TaskContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A catalog that was true at a position of the log: rows behind the position are then decoded as they were written. A server reads its
 * catalog table by table, and people may change it meanwhile; so the log of that time is read, and where it tells of a change it is
 * done again.
 *
 * @param from where the log is to be read from
 */
record StillCatalog(Position from, Catalog catalog) {

    private static final System.Logger LOG = System.getLogger(StillCatalog.class.getName());

    /** A schema that changes all the time: what is left of it the reader of the log notices. */
    private static final int TRIES_MAX = 20;

    /** @param since where an earlier try has begun */
    static StillCatalog read(TaskContext task, Optional<Position> since) {
        Optional<Position> start = since;
        for (int tries = 1; ; tries++) {
            Position from = start.isPresent() ? start.get() : task.source().position();
            Catalog catalog = task.source().describe(task.selector());
            Position until = task.source().position();
            boolean changed = !task.logOrder().reached(from, until) && changed(task, catalog, from, until);
            if (changed && tries == TRIES_MAX) {
                LOG.log(System.Logger.Level.WARNING, "the schema of the source of task {0} was changed during each of {1} looks at its"
                        + " catalog", task.name(), tries);
            }
            if (!changed || tries == TRIES_MAX) {
                return new StillCatalog(from, catalog);
            }
            start = Optional.empty();
        }
    }

    private static boolean changed(TaskContext task, Catalog catalog, Position from, Position until) {
        try (LogReader log = task.source().log(from, new Statements(task.selector(), databases(catalog)))) {
            while (!task.logOrder().reached(log.position(), until)) {
                if (log.next().filter(Change.Ddl.class::isInstance).isPresent()) {
                    return true;
                }
            }
            return false;
        }
    }

    private static List<String> databases(Catalog catalog) {
        return Stream.concat(catalog.tables().stream().map(Table::id), catalog.objects().stream().map(SchemaObject::id))
                .map(TableId::database).distinct().sorted().toList();
    }

    /** No rows, only statements. */
    private record Statements(Selector selector, List<String> databases) implements Relations {

        @Override
        public Optional<Known> of(TableId table) {
            return Optional.empty();
        }

        @Override
        public boolean followsSchema(TableId table) {
            return selector.table(table).isPresent();
        }

        @Override
        public boolean follows(ObjectName object) {
            return selector.takes(object);
        }
    }
}
