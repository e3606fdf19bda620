package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.schema.ServerVersion;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.TableId;
import io.opendts.spi.Relations;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tables that the log has announced, by the number it gives them. The same announcement comes before every statement:
 * one that is equal to the last is not read again. One thread.
 */
final class TableMaps {

    private static final int MAX_ENTRIES = 4_096;

    /**
     * @param layout   null for a table that is not selected, or whose rows are left out
     * @param selected whether rows of it are to reach the target
     */
    private record Entry(byte[] announced, TableLayout layout, boolean selected) {}

    private final Relations relations;
    private final Labels labels;
    private final LookedUpTables lookedUp;
    private final Map<Long, Entry> entries = new HashMap<>();
    private long recentNumber = -1;
    private Entry recent;
    private ServerVersion writer;

    TableMaps(Relations relations, Labels labels, LookedUpTables lookedUp) {
        this.lookedUp = lookedUp;
        this.relations = relations;
        this.labels = labels;
    }

    /** The server that wrote the log from here on: each file of it begins with that. */
    void writtenBy(ServerVersion server) {
        writer = server;
        clear();
    }

    /** Between transactions: keeps the memory of sources with very many tables bounded. */
    void trim() {
        if (entries.size() > MAX_ENTRIES) {
            clear();
        }
    }

    /** Behind a schema change: descriptions may be others now. */
    void clear() {
        entries.clear();
        recentNumber = -1;
        recent = null;
    }

    void announce(Bytes in, Place where) {
        int from = in.at;
        long number = in.u48();
        Entry known = find(number);
        if (known == null || !Arrays.equals(known.announced, 0, known.announced.length, in.array, from, in.end)) {
            in.at = from;
            TableId id = TableMap.table(in);
            Optional<Relations.Known> selected = relations.of(id);
            boolean wanted = selected.isPresent() && !holdsNothing(selected.get());
            TableLayout layout = wanted && !lookedUp.leftOut(selected.get(), where) ? layout(in, selected.get(), where) : null;
            known = new Entry(Arrays.copyOfRange(in.array, from, in.end), layout, wanted);
            entries.put(number, known);
        }
        recentNumber = number;
        recent = known;
    }

    /** Null for one whose rows are left out: it is not what is known. */
    private TableLayout layout(Bytes in, Relations.Known known, Place where) {
        try {
            return TableLayout.of(TableMap.columns(known.table().id(), in), known, labels, lookedUp.catalog(), writer,
                    where);
        } catch (DtsException changed) {
            if (changed.code() != ErrorCode.LOG_TABLE_CHANGED) {
                throw changed;
            }
            lookedUp.misfit(known, changed);
            return null;
        }
    }

    /** Rows for BLACKHOLE are logged, but the table never has them, and neither must the target. */
    private static boolean holdsNothing(Relations.Known known) {
        return known.table().storageEngine().equalsIgnoreCase("BLACKHOLE");
    }

    /** Null for a table that is not selected, or whose rows are left out. */
    TableLayout layout(long number) {
        Entry known = find(number);
        if (known == null) {
            throw new IndexOutOfBoundsException("rows of table number " + number + " which was not announced");
        }
        return known.layout;
    }

    /** Whether it is a selected table that has no layout. */
    boolean leavesOut(long number) {
        Entry known = find(number);
        return known != null && known.selected && known.layout == null;
    }

    private Entry find(long number) {
        return number == recentNumber ? recent : entries.get(number);
    }
}
