package io.opendts.spec;

import io.opendts.model.DdlKind;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Route;
import io.opendts.model.TableId;
import io.opendts.spec.NamePattern.NameCase;
import io.opendts.spec.TaskSpec.DatabaseEntry;
import io.opendts.spec.TaskSpec.DdlPolicy;
import io.opendts.spec.TaskSpec.TableEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which objects of a catalog a task selects, and under which names. Pure. An exact name decides before an expression, an
 * expression before an entry without `tables`; two different expressions for one object are DTS-1108.
 */
public final class Selection {

    private record Choice(DatabaseEntry entry, Optional<TableEntry> table) {}

    /**
     * Of one database, put in order once: a file may name tens of thousands of tables.
     *
     * @param exact by folded name
     * @param whole entries without tables of their own
     */
    private record Entries(Map<String, List<Choice>> exact, List<Choice> expressions, List<Choice> whole) {

        static Entries of(List<DatabaseEntry> entries, NameCase nameCase) {
            Entries ordered = new Entries(new HashMap<>(), new ArrayList<>(), new ArrayList<>());
            for (DatabaseEntry entry : entries) {
                if (entry.tables().isEmpty()) {
                    ordered.whole.add(new Choice(entry, Optional.empty()));
                }
                for (TableEntry table : entry.tables()) {
                    Choice choice = new Choice(entry, Optional.of(table));
                    switch (table.table()) {
                        case NamePattern.Exact(String name) ->
                                ordered.exact.computeIfAbsent(nameCase.folded(name), _ -> new ArrayList<>()).add(choice);
                        case NamePattern.Expression _ -> ordered.expressions.add(choice);
                    }
                }
            }
            return ordered;
        }
    }

    private final TaskSpec spec;
    private final NameCase nameCase;
    private final Map<String, Entries> known = new ConcurrentHashMap<>();

    private Selection(TaskSpec spec, NameCase nameCase) {
        this.spec = spec;
        this.nameCase = nameCase;
    }

    public static Selection of(TaskSpec spec, NameCase nameCase) {
        return new Selection(spec, nameCase);
    }

    /** The target's name of a database of which anything may be selected; where entries differ, the first entry's. */
    public Optional<String> database(String database) {
        List<DatabaseEntry> entries = entries(database);
        List<DatabaseEntry> whole = entries.stream().filter(entry -> entry.tables().isEmpty()).toList();
        return (whole.isEmpty() ? entries : whole).stream().findFirst().map(entry -> targetDatabase(entry, database));
    }

    public Optional<Route> table(String database, String table) {
        return choose(database, table).map(choice -> {
            TableId source = new TableId(database, table);
            TableId target = new TableId(targetDatabase(choice.entry(), database),
                    capitalized(choice.table().flatMap(TableEntry::to).orElse(table)));
            Optional<TableEntry> entry = choice.table();
            boolean merged = entry.map(TableEntry::mergeTables).orElse(false);
            return new Route(source, target, entry.map(TableEntry::excludedColumns).orElse(Set.of()),
                    renames(entry.map(TableEntry::renamedColumns).orElse(Map.of())), entry.flatMap(TableEntry::filter),
                    entry.map(TableEntry::operations).orElse(Set.of(Route.Operation.values())),
                    merged ? Optional.of(Route.dataSource(spec.name(), source)) : Optional.empty());
        });
    }

    /** Whether views, routines, triggers and events of a database are selected: entries with `tables` take tables only. */
    public boolean objects(String database) {
        return entries(database).stream().anyMatch(entry -> entry.tables().isEmpty());
    }

    /** The target's name of one view, routine or event, capitalized as a table's. */
    public Optional<TableId> object(String database, String name) {
        return entries(database).stream().filter(entry -> entry.tables().isEmpty() && !excluded(entry, name)).findFirst()
                .map(entry -> new TableId(targetDatabase(entry, database), capitalized(name)));
    }

    /** What becomes of a change of the schema: the table's entry decides before its database's, and that before the task. */
    public DdlPolicy ddl(DdlKind kind, TableId object) {
        Optional<Choice> table = kind.ofTable() ? choose(object.database(), object.name()) : Optional.empty();
        List<DatabaseEntry> entries = entries(object.database());
        Optional<DatabaseEntry> database = table.map(Choice::entry)
                .or(() -> entries.stream().filter(entry -> entry.tables().isEmpty()).findFirst())
                .or(() -> entries.stream().findFirst());
        return table.flatMap(Choice::table).flatMap(entry -> entry.ddl().of(kind))
                .or(() -> database.flatMap(entry -> entry.ddl().of(kind)))
                .or(() -> spec.ddl().of(kind)).orElse(DdlPolicy.APPLY);
    }

    /**
     * A route whose columns are all spelled as `capitalization` wants, and whose excluded and renamed columns are found
     * whatever their case in the file: only the table knows its columns.
     */
    public Route spelled(Route route, Collection<String> columns) {
        Map<String, String> renames = new HashMap<>();
        List<String> excluded = new ArrayList<>();
        for (String column : columns) {
            route.renames().forEach((from, to) -> {
                if (from.equalsIgnoreCase(column)) {
                    renames.put(column, to);
                }
            });
            if (route.excluded().stream().anyMatch(column::equalsIgnoreCase)) {
                excluded.add(column);
            } else if (!renames.containsKey(column) && !capitalized(column).equals(column)) {
                renames.put(column, capitalized(column));
            }
        }
        return new Route(route.source(), route.target(), Set.copyOf(excluded), renames, route.filter(), route.operations(),
                route.dataSource());
    }

    /** What only the catalog shows: ambiguous objects, and tables that would meet on the target without being merged. */
    public List<SpecProblem> problems(Collection<TableId> catalog) {
        List<SpecProblem> found = new ArrayList<>();
        Map<String, TableId> targets = new TreeMap<>();
        Map<String, Choice> choices = new HashMap<>();
        for (TableId table : catalog) {
            try {
                Optional<Choice> choice = choose(table.database(), table.name());
                if (choice.isEmpty()) {
                    continue;
                }
                String target = table(table.database(), table.name()).orElseThrow().target().toString();
                TableId first = targets.putIfAbsent(target, table);
                Choice other = choices.putIfAbsent(target, choice.get());
                if (first != null && !(merges(other) && merges(choice.get()))) {
                    found.add(new SpecProblem(line(choice.get()), 1, "objects", SpecCode.SAME_TARGET,
                            first + " and " + table + " would both become " + target + " on the target",
                            "Give one another name with `to`, or merge them: `mergeTables: true` on both."));
                }
            } catch (DtsException ambiguous) {
                found.add(new SpecProblem(0, 0, "objects", SpecCode.SELECTED_TWICE, ambiguous.getMessage(), ambiguous.remedy()));
            }
        }
        return List.copyOf(found);
    }

    /** Without the column that tells rows apart, those with the same key would replace each other. */
    private static boolean merges(Choice choice) {
        return choice.table().map(TableEntry::mergeTables).orElse(false);
    }

    private static int line(Choice choice) {
        return choice.table().map(TableEntry::line).orElse(choice.entry().line());
    }

    private Optional<Choice> choose(String database, String table) {
        Entries entries = known.computeIfAbsent(database, name -> Entries.of(entries(name), nameCase));
        List<Choice> deciding = entries.exact.getOrDefault(nameCase.folded(table), List.of());
        if (deciding.isEmpty()) {
            deciding = entries.expressions.stream()
                    .filter(c -> c.table().orElseThrow().table().matches(table, nameCase) && !excluded(c.entry(), table)).toList();
        }
        if (deciding.isEmpty()) {
            deciding = entries.whole.stream().filter(c -> !excluded(c.entry(), table)).toList();
        }
        if (deciding.size() > 1) {
            throw ambiguous("table " + database + "." + table, line(deciding.get(0)), line(deciding.get(1)));
        }
        return deciding.stream().findFirst();
    }

    /** Entries that decide on a database: those with its exact name, else those with the one expression that matches it. */
    private List<DatabaseEntry> entries(String database) {
        if (NamePattern.isServersOwn(database)) {
            return List.of();
        }
        List<DatabaseEntry> matching = spec.objects().stream().filter(entry -> entry.database().matches(database, nameCase)).toList();
        List<DatabaseEntry> exact = matching.stream().filter(entry -> entry.database() instanceof NamePattern.Exact).toList();
        if (!exact.isEmpty() || matching.isEmpty()) {
            return exact;
        }
        DatabaseEntry first = matching.getFirst();
        for (DatabaseEntry other : matching) {
            if (!other.database().equals(first.database())) {
                throw ambiguous("database " + database, first.line(), other.line());
            }
        }
        return matching;
    }

    private static DtsException ambiguous(String what, int first, int second) {
        return new DtsException(ErrorCode.SELECTION_AMBIGUOUS,
                "the " + what + " is selected by line " + first + " and by line " + second + " of the task file",
                "Narrow one of the two, or add an entry with the exact name: it decides.");
    }

    private boolean excluded(DatabaseEntry entry, String name) {
        return entry.exclude().stream().anyMatch(pattern -> pattern.matches(name, nameCase));
    }

    private String targetDatabase(DatabaseEntry entry, String database) {
        return capitalized(entry.to().orElse(database));
    }

    private Map<String, String> renames(Map<String, String> written) {
        Map<String, String> renames = new HashMap<>();
        written.forEach((from, to) -> renames.put(from, capitalized(to)));
        return renames;
    }

    private String capitalized(String name) {
        return switch (spec.capitalization()) {
            case SOURCE -> name;
            case LOWER -> name.toLowerCase(Locale.ROOT);
            case UPPER -> name.toUpperCase(Locale.ROOT);
        };
    }
}
