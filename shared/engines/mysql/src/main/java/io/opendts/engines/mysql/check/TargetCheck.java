package io.opendts.engines.mysql.check;

import io.opendts.engines.mysql.ServerFacts;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.model.Catalog;
import io.opendts.model.CheckItem;
import io.opendts.model.ErrorCode;
import io.opendts.model.SchemaObject.Kind;
import io.opendts.model.Stage;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.CheckScope;
import io.opendts.spi.CheckScope.ExistingTables;
import io.opendts.spi.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What must be true of a target before a task starts. Only reads. Item ids are stable: task files name them. */
public final class TargetCheck {

    private static final String PROGRESS_DATABASE = "_dts";
    private static final int NAMED_MAX = 10;

    private final MySqlConnection server;
    private final ServerFacts facts;
    private final CheckScope scope;
    private final List<CheckItem> items = new ArrayList<>();

    public TargetCheck(MySqlConnection server, ServerFacts facts, CheckScope scope) {
        this.server = server;
        this.facts = facts;
        this.scope = scope;
    }

    public List<CheckItem> items(Catalog source, Selector selector) {
        version();
        readOnly();
        privileges(source, selector);
        localInfile();
        existingTables(source, selector);
        names(source, selector);
        return List.copyOf(items);
    }

    private void version() {
        items.add(facts.supported()
                ? CheckItem.passed("target.version", ErrorCode.TARGET_VERSION, facts.describe())
                : CheckItem.failed("target.version", ErrorCode.TARGET_VERSION,
                        "the target is " + facts.describe() + "; supported are MySQL 5.7 and later, MariaDB 10.3 and later",
                        "choose or upgrade the target"));
    }

    private void readOnly() {
        Grants grants = new Grants(facts.grants());
        boolean superReadOnly = on("super_read_only");
        boolean exempt = grants.global("SUPER") || grants.global("CONNECTION_ADMIN") || grants.global("READ_ONLY ADMIN")
                || grants.global("READ ONLY ADMIN");
        if (superReadOnly || on("read_only") && !exempt) {
            items.add(CheckItem.failed("target.read-only", ErrorCode.TARGET_READ_ONLY,
                    "the target is read only" + (superReadOnly ? " (super_read_only)" : ""),
                    superReadOnly ? "SET GLOBAL super_read_only = OFF, GLOBAL read_only = OFF;" : "SET GLOBAL read_only = OFF;"));
        } else {
            items.add(CheckItem.passed("target.read-only", ErrorCode.TARGET_READ_ONLY, "the target takes writes"));
        }
    }

    private boolean on(String variable) {
        return facts.variable(variable).map(v -> Set.of("ON", "1").contains(v.toUpperCase(Locale.ROOT))).orElse(false);
    }

    private void privileges(Catalog source, Selector selector) {
        Grants grants = new Grants(facts.grants());
        List<String> remedies = new ArrayList<>();
        List<String> lacks = new ArrayList<>();
        Set<String> databases = new TreeSet<>();
        source.tables().forEach(t -> selector.table(t.id()).ifPresent(r -> databases.add(facts.folded(r.target().database()))));
        for (String database : databases) {
            require(grants, database, needed(source), lacks, remedies);
        }
        require(grants, PROGRESS_DATABASE, List.of("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP"), lacks, remedies);
        items.add(lacks.isEmpty()
                ? CheckItem.passed("target.privileges", ErrorCode.TARGET_PRIVILEGES, "the account may do what the task needs")
                : CheckItem.failed("target.privileges", ErrorCode.TARGET_PRIVILEGES,
                        "account " + facts.account() + " lacks " + String.join("; ", lacks), String.join(" ", remedies)));
    }

    private void require(Grants grants, String database, List<String> privileges, List<String> lacks, List<String> remedies) {
        List<String> missing = grants.missingOn(database, privileges);
        if (!missing.isEmpty()) {
            lacks.add(String.join(", ", missing) + " on " + database);
            remedies.add("GRANT " + String.join(", ", missing) + " ON " + facts.quoted(database) + ".* TO " + facts.quotedAccount() + ";");
        }
    }

    private List<String> needed(Catalog source) {
        List<String> needed = new ArrayList<>(List.of("SELECT", "INSERT", "UPDATE", "DELETE"));
        if (scope.existingTables() == ExistingTables.CLEAR || scope.includes(Stage.SCHEMA)) {
            needed.add("DROP");
        }
        if (scope.includes(Stage.SCHEMA)) {
            needed.addAll(List.of("CREATE", "ALTER", "INDEX", "REFERENCES"));
            Set<Kind> kinds = source.objects().stream().map(o -> o.kind()).collect(Collectors.toSet());
            if (kinds.contains(Kind.VIEW)) {
                needed.addAll(List.of("CREATE VIEW", "SHOW VIEW"));
            }
            if (kinds.contains(Kind.PROCEDURE) || kinds.contains(Kind.FUNCTION)) {
                needed.addAll(List.of("CREATE ROUTINE", "ALTER ROUTINE"));
            }
            if (kinds.contains(Kind.TRIGGER)) {
                needed.add("TRIGGER");
            }
            if (kinds.contains(Kind.EVENT)) {
                needed.add("EVENT");
            }
        }
        return needed;
    }

    private void localInfile() {
        if (!scope.includes(Stage.FULL)) {
            return;
        }
        items.add(on("local_infile")
                ? CheckItem.passed("target.local-infile", ErrorCode.TARGET_SETTINGS, "local_infile is ON: the bulk path is open")
                : CheckItem.warning("target.local-infile", ErrorCode.TARGET_SETTINGS,
                        "local_infile is OFF: the full copy uses INSERT statements, which is slower",
                        "SET GLOBAL local_infile = ON;"));
    }

    private void existingTables(Catalog source, Selector selector) {
        Set<TableId> wanted = new HashSet<>();
        for (Table table : source.tables()) {
            selector.table(table.id()).ifPresent(route -> wanted.add(route.target()));
        }
        Set<String> databases = wanted.stream().map(TableId::database).collect(Collectors.toCollection(TreeSet::new));
        if (databases.isEmpty()) {
            return;
        }
        QueryResult found = server.query("SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA IN ("
                + databases.stream().map(facts::folded).distinct().map(facts::literal).collect(Collectors.joining(",")) + ")");
        Set<TableId> there = new HashSet<>();
        for (int i = 0; i < found.size(); i++) {
            there.add(fold(new TableId(found.text(i, 0), found.text(i, 1))));
        }
        List<TableId> existing = wanted.stream().filter(t -> there.contains(fold(t))).sorted().toList();
        List<TableId> missing = wanted.stream().filter(t -> !there.contains(fold(t))).sorted().toList();
        if (scope.includes(Stage.SCHEMA) && scope.existingTables() == ExistingTables.ERROR && !existing.isEmpty()) {
            items.add(CheckItem.failed("target.tables.exist", ErrorCode.TARGET_TABLE_EXISTS,
                    "tables exist on the target: " + SourceCheck.named(existing),
                    "drop or rename them, map the source's tables to other names, or set existingTables: ignore or clear"));
        } else if (!scope.includes(Stage.SCHEMA) && !missing.isEmpty()) {
            items.add(CheckItem.failed("target.tables.exist", ErrorCode.TARGET_TABLE_EXISTS,
                    "tables are missing on the target, and the task has no schema stage: " + SourceCheck.named(missing),
                    "add schema to stages, or create them"));
        } else {
            items.add(CheckItem.passed("target.tables.exist", ErrorCode.TARGET_TABLE_EXISTS, "no table is in the way"));
            if (!existing.isEmpty()) {
                columns(source, selector, databases);
            }
        }
    }

    /** A table that was there already must have what travels; in which order does not matter. */
    private void columns(Catalog source, Selector selector, Set<String> databases) {
        QueryResult found = server.query("SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS"
                + " WHERE TABLE_SCHEMA IN ("
                + databases.stream().map(facts::folded).distinct().map(facts::literal).collect(Collectors.joining(",")) + ")");
        Map<TableId, Set<String>> columns = new HashMap<>();
        for (int i = 0; i < found.size(); i++) {
            TableId table = fold(new TableId(found.text(i, 0), found.text(i, 1)));
            columns.computeIfAbsent(table, _ -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)).add(found.text(i, 2));
        }
        List<String> missing = new ArrayList<>();
        for (Table table : source.tables()) {
            selector.route(table).ifPresent(route -> {
                Set<String> there = columns.get(fold(route.target()));
                if (there != null) {
                    route.carried(table).stream().map(c -> route.targetName(c.name())).filter(name -> !there.contains(name))
                            .forEach(name -> missing.add(route.target() + "." + name));
                }
            });
        }
        items.add(missing.isEmpty()
                ? CheckItem.passed("target.tables.columns", ErrorCode.TARGET_TABLE_EXISTS, "tables that exist have all columns")
                : CheckItem.failed("target.tables.columns", ErrorCode.TARGET_TABLE_EXISTS, "tables on the target lack columns that travel: "
                        + missing.stream().limit(NAMED_MAX).collect(Collectors.joining(", ")),
                        "add them there, or leave them out by `columns: {exclude: [...]}`"));
    }

    /** Tables and views share one space of names; what the target takes for the same would be made once. */
    private void names(Catalog source, Selector selector) {
        Map<TableId, TableId> first = new HashMap<>();
        Set<TableId> merged = new HashSet<>();
        List<String> same = new ArrayList<>();
        for (Table table : source.tables()) {
            selector.table(table.id()).ifPresent(route -> {
                boolean mergedBefore = !merged.add(fold(route.target())) && route.dataSource().isPresent();
                if (!mergedBefore) {
                    name(table.id(), route.target(), first, same);
                }
            });
        }
        source.objects().stream().filter(o -> o.kind() == Kind.VIEW || o.kind() == Kind.SEQUENCE)
                .forEach(o -> selector.object(o.kind(), o.id()).ifPresent(to -> name(o.id(), to, first, same)));
        items.add(same.isEmpty()
                ? CheckItem.passed("target.names", ErrorCode.SELECTION_AMBIGUOUS, "every table and view has a name of its own there")
                : CheckItem.failed("target.names", ErrorCode.SELECTION_AMBIGUOUS,
                        same.stream().limit(NAMED_MAX).collect(Collectors.joining("; ")),
                        "give one of them another name with `to`, leave it out, or merge tables with `mergeTables: true`"));
    }

    private void name(TableId source, TableId target, Map<TableId, TableId> first, List<String> same) {
        TableId other = first.putIfAbsent(fold(target), source);
        if (other != null && !other.equals(source)) {
            same.add(other + " and " + source + " would both be " + target + " on the target");
        }
    }

    private TableId fold(TableId id) {
        return new TableId(facts.folded(id.database()), facts.folded(id.name()));
    }
}
