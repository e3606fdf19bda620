package io.opendts.engines.mysql.check;

import io.opendts.engines.mysql.filter.FilterServer;
import io.opendts.engines.mysql.filter.RowFilter;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.SqlBytes;
import io.opendts.model.Catalog;
import io.opendts.model.CheckItem;
import io.opendts.model.Column;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Route;
import io.opendts.model.Route.Operation;
import io.opendts.model.Stage;
import io.opendts.model.Table;
import io.opendts.model.Table.ForeignKey;
import io.opendts.model.TableId;
import io.opendts.spi.CheckScope;
import io.opendts.spi.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Whether rows and changes that a task leaves out can be left out exactly. Only reads. */
public final class FilterCheck {

    private static final String FILTER = "source.filter";
    private static final String FILTER_KEYS = "source.filter.foreign-keys";
    private static final String OPERATIONS = "source.operations";

    private final Supplier<MySqlConnection> connections;
    private final Catalog catalog;
    private final Selector selector;
    private final boolean incremental;
    private final List<CheckItem> items = new ArrayList<>();

    public FilterCheck(Supplier<MySqlConnection> connections, Catalog catalog, Selector selector, CheckScope scope) {
        this.connections = connections;
        this.catalog = catalog;
        this.selector = selector;
        this.incremental = scope.includes(Stage.INCREMENTAL);
    }

    /** None for a task that takes everything. */
    public List<CheckItem> items() {
        Map<Table, RowFilter> filters = understood();
        if (incremental) {
            filters.forEach(this::filteredKeys);
            partial();
        }
        return List.copyOf(items);
    }

    private Map<Table, RowFilter> understood() {
        Map<Table, RowFilter> filters = new LinkedHashMap<>();
        Set<Table> wrong = new java.util.HashSet<>();
        try (FilterServer server = new FilterServer(connections)) {
            for (Table table : catalog.tables()) {
                selector.table(table.id()).flatMap(Route::filter).ifPresent(text -> {
                    try {
                        RowFilter filter = RowFilter.of(text, table);
                        tried(table, filter, server);
                        filters.put(table, filter);
                    } catch (DtsException refusal) {
                        wrong.add(table);
                        items.add(CheckItem.failed(FILTER, refusal.code(), refusal.getMessage(), refusal.remedy()));
                    }
                });
            }
        }
        if (wrong.isEmpty() && !filters.isEmpty()) {
            items.add(CheckItem.passed(FILTER, ErrorCode.FILTER_UNSUPPORTED,
                    "filters that mean the same in the copy, the log and a comparison: " + filters.size()));
        }
        return filters;
    }

    /** What only the server can refuse: a literal that the column's character set does not have, for one. */
    private void tried(Table table, RowFilter filter, FilterServer server) {
        try (MySqlConnection connection = connections.get()) {
            connection.query("SELECT 1 FROM " + SqlBytes.quoted(table.id().database()) + "." + SqlBytes.quoted(table.id().name())
                    + " WHERE (" + filter.sql() + ") LIMIT 0");
            server.tryOut(filter);
        } catch (MySqlServerError error) {
            throw new DtsException(ErrorCode.FILTER_UNSUPPORTED, "the filter of table " + table.id() + " is refused by the source: "
                    + error.getMessage(), "compare each column with values that its type and character set can hold", error);
        }
    }

    /** What an engine's cascade does is missing from some servers' logs, and the target repeats it on the rows that it has. */
    private void filteredKeys(Table table, RowFilter filter) {
        Set<String> looksAt = filter.columns().stream().map(Column::name).collect(Collectors.toSet());
        for (ForeignKey key : table.foreignKeys()) {
            if (key.cascading() && key.columns().stream().anyMatch(looksAt::contains)) {
                items.add(CheckItem.failed(FILTER_KEYS, ErrorCode.SOURCE_FOREIGN_KEY, "the filter of " + table.id()
                        + " looks at a column of the"
                        + " cascading foreign key " + key.name() + ", which the source changes without logging it",
                        "take the column out of the filter, or make the key ON DELETE RESTRICT ON UPDATE RESTRICT"));
            }
        }
        List<String> cascading = children(table.id(), true);
        List<String> others = children(table.id(), false);
        if (!cascading.isEmpty()) {
            items.add(CheckItem.failed(FILTER_KEYS, ErrorCode.SOURCE_FOREIGN_KEY, "a row of " + table.id() + " that leaves the filter is"
                    + " deleted on the target, and with it, by cascading foreign keys, rows that the source keeps: " + String.join(", ",
                            cascading),
                    "take the filter out, or make these keys ON DELETE RESTRICT ON UPDATE RESTRICT"));
        } else if (!others.isEmpty()) {
            items.add(CheckItem.warning(FILTER_KEYS, ErrorCode.SOURCE_FOREIGN_KEY, "rows may refer to rows of " + table.id()
                    + " that its filter leaves behind: " + String.join(", ", others), "give these tables filters that fit"));
        }
    }

    private List<String> children(TableId parent, boolean cascading) {
        return catalog.tables().stream().flatMap(t -> t.foreignKeys().stream()
                .filter(k -> k.parent().equals(parent) && k.cascading() == cascading).map(k -> t.id() + " by " + k.name())).toList();
    }

    private void partial() {
        for (Table table : catalog.tables()) {
            Set<Operation> operations = selector.table(table.id()).map(Route::operations).orElse(Set.of());
            boolean all = operations.containsAll(Set.of(Operation.INSERT, Operation.UPDATE, Operation.DELETE));
            List<String> cascading = new ArrayList<>(children(table.id(), true));
            table.foreignKeys().stream().filter(ForeignKey::cascading).map(k -> table.id() + " by " + k.name()).forEach(cascading::add);
            if (!all && !cascading.isEmpty()) {
                items.add(CheckItem.failed(OPERATIONS, ErrorCode.SOURCE_FOREIGN_KEY, "table " + table.id() + " carries only "
                        + operations.stream().sorted().toList()
                                + ", but cascading foreign keys change its rows or by its rows, on the target"
                        + " too: " + String.join(", ", cascading.stream().distinct().toList()),
                        "carry insert, update and delete, or make these keys ON DELETE RESTRICT ON UPDATE RESTRICT"));
            }
        }
    }
}
