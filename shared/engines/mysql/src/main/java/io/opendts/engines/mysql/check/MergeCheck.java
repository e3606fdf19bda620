package io.opendts.engines.mysql.check;

import io.opendts.engines.mysql.schema.MergedTables;
import io.opendts.engines.mysql.schema.TableScript;
import io.opendts.model.Catalog;
import io.opendts.model.CheckItem;
import io.opendts.model.ErrorCode;
import io.opendts.model.Key;
import io.opendts.model.Route;
import io.opendts.model.SchemaObject;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Whether source tables can share a table of the target without a row of one being in the way of another's. Pure. */
public final class MergeCheck {

    private static final int NAMED_MAX = 10;

    private MergeCheck() {}

    /**
     * @param folded   how the target writes a name that it is given
     * @param existing those of the given tables that the target has, as it has them
     */
    public static List<CheckItem> items(Catalog source, Selector selector, UnaryOperator<String> folded,
                                        Function<List<TableId>, List<Table>> existing) {
        MergedTables merged = MergedTables.of(source, selector, folded);
        if (merged.isEmpty()) {
            return List.of();
        }
        List<String> problems = new ArrayList<>(merged.problems().stream().map(MergeCheck::text).toList());
        List<String> risky = new ArrayList<>();
        for (Table table : existing.apply(List.copyOf(merged.targets()))) {
            if (table.columns().stream().noneMatch(c -> c.name().equalsIgnoreCase(Route.DATA_SOURCE))) {
                problems.add(table.id() + " exists on the target without a column " + Route.DATA_SOURCE);
            }
            table.keys().stream().filter(key -> !has(key)).forEach(key -> risky.add(table.id() + ": " + key.name()));
        }
        List<CheckItem> items = new ArrayList<>();
        items.add(problems.isEmpty()
                ? CheckItem.passed("target.merge", ErrorCode.TABLES_NOT_MERGEABLE,
                        merged.targets().size() + " tables are merged from several")
                : CheckItem.failed("target.merge", ErrorCode.TABLES_NOT_MERGEABLE, first(problems),
                        "make the tables alike, map some to another name, or ALTER TABLE ... ADD " + Route.DATA_SOURCE
                                + " varchar(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT ''"));
        if (!risky.isEmpty()) {
            items.add(CheckItem.ignorable("target.merge-keys", ErrorCode.TABLES_NOT_MERGEABLE,
                    "unique keys on the target do not tell where a row came from, so rows of one source table may replace another's: "
                            + first(risky),
                    "put " + Route.DATA_SOURCE + " into these keys, or ignore this item if no two source tables have the same values"));
        }
        leftOut(source, selector).ifPresent(items::add);
        return items;
    }

    private static boolean has(Key key) {
        return key.columns().stream().anyMatch(Route.DATA_SOURCE::equalsIgnoreCase);
    }

    private static Optional<CheckItem> leftOut(Catalog source, Selector selector) {
        List<String> names = new ArrayList<>();
        for (Table table : source.tables()) {
            boolean child = selector.table(table.id()).flatMap(Route::dataSource).isPresent();
            table.foreignKeys().stream().filter(key -> child || selector.table(key.parent()).flatMap(Route::dataSource).isPresent())
                    .forEach(key -> names.add("foreign key " + table.id() + "." + key.name()));
        }
        source.objects().stream().filter(o -> o.kind() == SchemaObject.Kind.TRIGGER)
                .filter(o -> o.table().flatMap(selector::table).flatMap(Route::dataSource).isPresent())
                .forEach(o -> names.add("trigger " + o.id()));
        return names.isEmpty() ? Optional.empty()
                : Optional.of(CheckItem.warning("target.merge-left-out", ErrorCode.TABLES_NOT_MERGEABLE,
                        "merged tables have no foreign keys and no triggers; left out are " + first(names),
                        "nothing, if the target is not written to by others"));
    }

    private static String text(TableScript.Problem problem) {
        return problem.object() + ": " + problem.reason();
    }

    private static String first(List<String> all) {
        return all.stream().limit(NAMED_MAX).collect(Collectors.joining("; "))
                + (all.size() > NAMED_MAX ? "; and " + (all.size() - NAMED_MAX) + " more" : "");
    }
}
