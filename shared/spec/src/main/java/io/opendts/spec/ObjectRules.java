package io.opendts.spec;

import io.opendts.model.filter.FilterParser;
import io.opendts.model.filter.FilterProblem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rules of `objects` that need no catalog; those that do are `Selection`'s. */
final class ObjectRules {

    private final Item.Group task;
    private final Applies.Context context;
    private final Problems problems;
    /** What an exact name was first selected or mapped to, and where. */
    private final Map<String, Place> selected = new HashMap<>();
    private final Map<String, Item.Group> targets = new HashMap<>();

    ObjectRules(Item.Group task, Applies.Context context, Problems problems) {
        this.task = task;
        this.context = context;
        this.problems = problems;
    }

    void check() {
        for (Item item : task.items("objects")) {
            Item.Group entry = (Item.Group) item;
            ownDatabase(entry, "database", entry.value("database", NamePattern.class)
                    .filter(NamePattern.Exact.class::isInstance).map(NamePattern::text), context.source());
            ownDatabase(entry, "to", entry.value("to", String.class), context.target());
            entry.value("database", NamePattern.class).ifPresent(database -> entry(entry, database));
        }
    }

    private void ownDatabase(Item.Group entry, String key, Optional<String> name, Optional<EngineName> engine) {
        boolean family = engine.isEmpty() || engine.get() != EngineName.KAFKA && engine.get() != EngineName.REDIS;
        if (family && name.isPresent() && NamePattern.isServersOwn(name.get())) {
            problems.add(entry.place(key), SpecCode.SERVERS_OWN_DATABASE, "`" + name.get() + "` is a database of the server itself",
                    "Take it out: accounts are copied with `accounts: {copy: true}`, the rest belongs to each server.");
        }
    }

    private void entry(Item.Group entry, NamePattern database) {
        String name = database.text();
        List<Item> tables = entry.items("tables");
        if (!entry.written("tables")) {
            once("database " + name, entry.place("database"), "`" + TreeReader.shown(name) + "` is selected as a whole");
        }
        Set<Object> excluded = new HashSet<>();
        for (Item item : entry.items("exclude")) {
            excluded.add(((Item.Leaf) item).value());
        }
        for (Item item : tables) {
            Item.Group table = (Item.Group) item;
            Optional<NamePattern> pattern = table.value("table", NamePattern.class);
            if (pattern.isPresent()) {
                String whole = name + "." + pattern.get().text();
                once("table " + whole, table.place("table"), "`" + TreeReader.shown(whole) + "` is selected");
                if (excluded.contains(pattern.get())) {
                    problems.add(table.place("table"), SpecCode.CONTRADICTION,
                            "`" + TreeReader.shown(pattern.get().text()) + "` is both selected and excluded", "Remove one of the two.");
                }
                target(entry, database, table, pattern.get());
            }
            table.group("columns").ifPresent(this::columns);
            table.value("filter", String.class).ifPresent(filter -> filter(table.place("filter"), filter));
        }
    }

    /** A condition of several lines stands below its key. Other engines than MySQL have conditions of their own. */
    private void filter(Place at, String filter) {
        boolean mysql = context.source().isEmpty() || context.source().get() == EngineName.MYSQL
                || context.source().get() == EngineName.DRDS;
        if (mysql && FilterParser.parse(filter) instanceof FilterParser.Parsed.Refused(FilterProblem problem)) {
            long linesBefore = filter.substring(0, problem.at()).chars().filter(c -> c == '\n').count();
            Place line = filter.indexOf('\n') < 0 ? at : at.at(at.line() + 1 + (int) linesBefore, at.column());
            problems.add(line, SpecCode.FILTER_UNSUPPORTED, "the filter " + problem.told(), problem.remedy());
        }
    }

    private void once(String key, Place at, String what) {
        Place first = selected.putIfAbsent(key, at);
        if (first != null) {
            problems.add(at, SpecCode.SELECTED_TWICE, what + " a second time; the first is in line " + first.line(),
                    "Remove one of the two.");
        }
    }

    private void target(Item.Group entry, NamePattern database, Item.Group table, NamePattern pattern) {
        if (!(database instanceof NamePattern.Exact) || !(pattern instanceof NamePattern.Exact)) {
            return;
        }
        String toDatabase = entry.value("to", String.class).orElse(database.text());
        String toTable = table.value("to", String.class).orElse(pattern.text());
        boolean sourceCase = task.value("capitalization", TaskSpec.Capitalization.class)
                .equals(Optional.of(TaskSpec.Capitalization.SOURCE));
        String target = toDatabase + "." + toTable;
        Item.Group first = targets.putIfAbsent(sourceCase ? target : target.toLowerCase(Locale.ROOT), table);
        boolean same = first != null && first.value("table", NamePattern.class).equals(Optional.of(pattern))
                && first.at().path().startsWith(entry.at().path() + ".");
        if (first != null && !same && !(merges(first) && merges(table))) {
            problems.add(table.place("to"), SpecCode.SAME_TARGET,
                    "`" + TreeReader.shown(target) + "` on the target is already that of line " + first.place("table").line(),
                    "Give it another name with `to`, or `mergeTables: true` on both.");
        }
    }

    private static boolean merges(Item.Group table) {
        return table.value("mergeTables", Boolean.class).orElse(true);
    }

    private void columns(Item.Group columns) {
        Set<String> excluded = new HashSet<>();
        for (Item item : columns.items("exclude")) {
            String name = (String) ((Item.Leaf) item).value();
            if (!excluded.add(name.toLowerCase(Locale.ROOT))) {
                problems.add(item.at(), SpecCode.CONTRADICTION, "the column \"" + name
                        + "\" is excluded twice: case does not tell columns apart",
                        "Remove one of the two.");
            }
        }
        Map<String, String> renamed = new HashMap<>();
        columns.pairs("rename").forEach((from, leaf) -> {
            if (excluded.contains(from.toLowerCase(Locale.ROOT))) {
                problems.add(leaf.at(), SpecCode.CONTRADICTION, "the column \"" + from + "\" is both excluded and renamed",
                        "Remove one of the two.");
            }
            String other = renamed.putIfAbsent(((String) leaf.value()).toLowerCase(Locale.ROOT), from);
            if (other != null) {
                problems.add(leaf.at(), SpecCode.SAME_TARGET, "the columns \"" + other + "\" and \"" + from + "\" are both renamed to \""
                        + leaf.value() + "\"",
                        "Give one of them another name.");
            }
        });
    }
}
