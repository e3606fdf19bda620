package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.filter.FilterServer;
import io.opendts.engines.mysql.filter.RowFilter;
import io.opendts.engines.mysql.filter.RowTest;
import io.opendts.model.Change;
import io.opendts.model.Column;
import io.opendts.model.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The changes of one rows event as a filter sees them: a row that moves into it is inserted, one that moves out of it is
 * deleted. Holds the rows of one event in memory, so that the server is asked once for all of them. One thread.
 */
final class FilteredRows {

    private final RowTest test;
    /** Positions of what travels among what was read; null where that is the same. */
    private final int[] travelling;

    private FilteredRows(RowTest test, int[] travelling) {
        this.test = test;
        this.travelling = travelling;
    }

    /**
     * @param read   the columns whose values are in the rows that come
     * @param travel those among them that go on
     */
    static FilteredRows of(RowFilter filter, List<Column> read, List<Column> travel) {
        int[] looksAt = filter.columns().stream().mapToInt(read::indexOf).toArray();
        int[] goesOn = IntStream.range(0, read.size()).filter(i -> travel.contains(read.get(i))).toArray();
        return new FilteredRows(new RowTest(filter, looksAt), goesOn.length == read.size() ? null : goesOn);
    }

    /** @param event gives the changes of the event, then null */
    void pass(Supplier<Change> event, FilterServer server, Queue<Change> out) {
        List<Change> changes = new ArrayList<>();
        for (Change change = event.get(); change != null; change = event.get()) {
            changes.add(change);
            look(change);
        }
        if (test.undecided()) {
            test.settle(server);
        }
        changes.forEach(change -> decide(change, out));
        test.forget();
    }

    private void look(Change change) {
        switch (change) {
            case Change.Insert insert -> test.passes(insert.after());
            case Change.Delete delete -> test.passes(delete.before());
            case Change.Update update -> {
                test.passes(update.before());
                test.passes(update.after());
            }
            case Change.Begin _, Change.End _, Change.Truncate _, Change.Ddl _ -> { }
        }
    }

    private void decide(Change change, Queue<Change> out) {
        switch (change) {
            case Change.Insert(var relation, Row after) -> {
                if (test.passes(after)) {
                    out.add(new Change.Insert(relation, travelling(after)));
                }
            }
            case Change.Delete(var relation, Row before) -> {
                if (test.passes(before)) {
                    out.add(new Change.Delete(relation, travelling(before)));
                }
            }
            case Change.Update(var relation, Row before, Row after) -> {
                boolean was = test.passes(before);
                boolean is = test.passes(after);
                if (was && is) {
                    out.add(new Change.Update(relation, travelling(before), travelling(after)));
                } else if (was) {
                    out.add(new Change.Delete(relation, travelling(before)));
                } else if (is) {
                    out.add(new Change.Insert(relation, travelling(after)));
                }
            }
            case Change.Begin _, Change.End _, Change.Truncate _, Change.Ddl _ -> out.add(change);
        }
    }

    private Row travelling(Row row) {
        return travelling == null ? row : row.project(travelling);
    }
}
