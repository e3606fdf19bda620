package io.opendts.engines.mysql.schema;

import io.opendts.model.Catalog;
import io.opendts.model.Column;
import io.opendts.model.Key;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Source tables that share a table of the target. It is made from the first of them, by name, plus {@link Route#DATA_SOURCE}, which
 * comes first in every unique key: so no row of one source table can be in the way of another's. Pure.
 */
public final class MergedTables {

    /** 4 bytes each: an index over it alone fits into the 767 bytes of the older row formats. */
    static final int DATA_SOURCE_CHARS = 190;

    private static final int KEY_BYTES_MAX = 3_072;
    private static final int DATA_SOURCE_BYTES = DATA_SOURCE_CHARS * 4 + 2;

    private record Member(Table table, Route route) {}

    private final Map<TableId, List<Member>> members = new TreeMap<>();
    private final Set<TableId> makers = new HashSet<>();
    private final List<String> cascading = new ArrayList<>();

    /** @param folded how the target writes a name that it is given */
    public static MergedTables of(Catalog catalog, Selector selector, UnaryOperator<String> folded) {
        MergedTables merged = new MergedTables();
        Map<TableId, TableId> firsts = new HashMap<>();
        for (Table table : catalog.tables()) {
            selector.route(table).ifPresent(route -> {
                TableId to = new TableId(folded.apply(route.target().database()), folded.apply(route.target().name()));
                firsts.merge(to, table.id(), (one, other) -> one.compareTo(other) <= 0 ? one : other);
                table.foreignKeys().stream().filter(Table.ForeignKey::cascading).filter(key -> route.dataSource().isPresent()
                        || selector.table(key.parent()).flatMap(Route::dataSource).isPresent())
                        .forEach(key -> merged.cascading.add(table.id() + "." + key.name()));
                if (route.dataSource().isPresent()) {
                    merged.members.computeIfAbsent(to, _ -> new ArrayList<>()).add(new Member(table, route));
                }
            });
        }
        merged.makers.addAll(firsts.values());
        merged.members.values().forEach(list -> list.sort((a, b) -> a.table.id().compareTo(b.table.id())));
        return merged;
    }

    private MergedTables() {}

    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** The tables of the target. */
    public Set<TableId> targets() {
        return members.keySet();
    }

    /** Whether the target's table is made from this one. */
    boolean makes(TableId source) {
        return makers.contains(source);
    }

    static String column() {
        return SqlNames.quote(Route.DATA_SOURCE) + " varchar(" + DATA_SOURCE_CHARS
                + ") CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT ''";
    }

    /** Why tables cannot be merged, both tables named. */
    public List<TableScript.Problem> problems() {
        List<TableScript.Problem> problems = new ArrayList<>();
        cascading.forEach(key -> problems.add(new TableScript.Problem(key, "the foreign key changes rows without a word in the source's"
                + " log, and merged tables have no foreign keys that would repeat it")));
        members.forEach((target, list) -> {
            Member first = list.getFirst();
            for (Member member : list) {
                own(member).forEach(reason -> problems.add(new TableScript.Problem(member.table.id().toString(), reason)));
                difference(first, member).ifPresent(reason -> problems.add(new TableScript.Problem(member.table.id().toString(),
                        "it cannot be merged with " + first.table.id() + " into " + target + ": " + reason)));
            }
        });
        return problems;
    }

    private static List<String> own(Member member) {
        List<String> reasons = new ArrayList<>();
        Table table = member.table;
        if (member.route.carried(table).stream().anyMatch(c -> member.route.targetName(c.name()).equalsIgnoreCase(Route.DATA_SOURCE))) {
            reasons.add("it has a column " + Route.DATA_SOURCE + " of its own");
        }
        if (member.route.dataSource().orElseThrow().length() > DATA_SOURCE_CHARS) {
            reasons.add("the value of " + Route.DATA_SOURCE + " would have more than " + DATA_SOURCE_CHARS + " characters");
        }
        table.keys().stream().filter(key -> bytes(table, key) + DATA_SOURCE_BYTES > KEY_BYTES_MAX)
                .forEach(key -> reasons.add("the key " + key.name() + " would be longer than " + KEY_BYTES_MAX + " bytes with "
                        + Route.DATA_SOURCE + " in it"));
        return reasons;
    }

    /** At most; prefixes are shorter and are not counted. */
    private static long bytes(Table table, Key key) {
        return !key.exact() ? 0 : key.columns().stream().mapToLong(name -> table.columns().stream()
                .filter(c -> c.name().equals(name)).findFirst().map(MergedTables::bytes).orElse(0L)).sum();
    }

    private static long bytes(Column column) {
        String type = column.nativeType().toLowerCase(Locale.ROOT);
        if (!type.matches("(var)?(char|binary)\\(\\d+\\).*")) {
            return 8;
        }
        long length = Long.parseLong(type.substring(type.indexOf('(') + 1, type.indexOf(')')));
        return length * switch (column.charset().orElse("binary").toLowerCase(Locale.ROOT)) {
            case "utf8mb4", "utf16", "utf16le", "utf32", "gb18030" -> 4;
            case "utf8", "utf8mb3", "ujis", "eucjpms" -> 3;
            case "ucs2", "big5", "gbk", "gb2312", "sjis", "cp932", "euckr" -> 2;
            default -> 1;
        };
    }

    private static Optional<String> difference(Member first, Member other) {
        Map<String, Column> columns = columns(first);
        Map<String, Column> others = columns(other);
        for (Map.Entry<String, Column> column : others.entrySet()) {
            Column wanted = columns.get(column.getKey());
            if (wanted == null) {
                return Optional.of("only the former has a column " + column.getKey());
            }
            if (column.getValue().nullable() && !wanted.nullable()) {
                return Optional.of("its column " + column.getKey() + " may be NULL, the other one's may not");
            }
            if (!shape(wanted).equals(shape(column.getValue()))) {
                return Optional.of("its column " + column.getKey() + " is " + shape(column.getValue()) + ", the other one's is "
                        + shape(wanted));
            }
        }
        Optional<String> missing = columns.keySet().stream().filter(name -> !others.containsKey(name)).findFirst();
        if (missing.isPresent()) {
            return Optional.of("only the latter has a column " + missing.get());
        }
        return keys(first).equals(keys(other)) ? Optional.empty()
                : Optional.of("its primary and unique keys are " + keys(other) + ", the other one's are " + keys(first));
    }

    private static Map<String, Column> columns(Member member) {
        Map<String, Column> columns = new TreeMap<>();
        member.table.columns().stream().filter(c -> !member.route.excluded().contains(c.name()))
                .forEach(c -> columns.put(member.route.targetName(c.name()).toLowerCase(Locale.ROOT), c));
        return columns;
    }

    /** What must be alike for raw bytes of one to be right in the other; the width of whole numbers is only shown. */
    private static String shape(Column column) {
        String type = column.nativeType().toLowerCase(Locale.ROOT).replaceAll("\\b((?:tiny|small|medium|big)?int|year)\\(\\d+\\)", "$1");
        return type + column.collation().map(c -> " " + c).orElse("") + (column.generated() ? " generated" : "");
    }

    private static Set<String> keys(Member member) {
        return member.table.keys().stream().map(key -> key.columns().stream()
                        .map(c -> member.route.targetName(c).toLowerCase(Locale.ROOT)).collect(Collectors.joining(",", "(", ")"))
                + (key.exact() ? "" : " in part")).collect(Collectors.toCollection(TreeSet::new));
    }
}
