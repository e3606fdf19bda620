package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.ServerVersion;
import io.opendts.engines.mysql.schema.SqlNames;
import io.opendts.engines.mysql.schema.TableScript;
import io.opendts.engines.mysql.schema.TableScript.Addition;
import io.opendts.engines.mysql.schema.TableScript.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What turns one definition of a table into another, as clauses of ALTER TABLE. Pure; one instance compares once. */
final class TableDifference {

    private static final int MYSQL_RENAME_INDEX = 50700;
    private static final int MARIADB_RENAME_INDEX = 100502;

    /** The collation with the character set; and a counter that nobody has set again goes on. */
    private static final Set<String> GOES_BY_ITSELF = Set.of("COLLATE", "AUTO_INCREMENT");

    private final TableScript before;
    private final TableScript after;
    private final Map<String, String> written;
    private final TargetColumns columns;
    private final ServerVersion target;

    /**
     * @param before  with columns under the names that they will have
     * @param written as {@code after}, in the words of the statement
     */
    TableDifference(TableScript before, TableScript after, TableScript written, TargetColumns columns, ServerVersion target) {
        this.before = before;
        this.after = after;
        this.written = named(written, Part.Kind.COLUMN);
        this.columns = columns;
        this.target = target;
    }

    /** Why the one cannot become the other. */
    Optional<String> obstacle() {
        if (!texts(before, Part.Kind.PERIOD).equals(texts(after, Part.Kind.PERIOD))
                || before.options().containsKey("WITH SYSTEM VERSIONING") != after.options().containsKey("WITH SYSTEM VERSIONING")) {
            return Optional.of("a period or a history of its rows comes or goes");
        }
        boolean unnamed = parts(before, Part.Kind.CHECK).stream().anyMatch(check -> check.name().isEmpty());
        return unnamed && !texts(before, Part.Kind.CHECK).equals(texts(after, Part.Kind.CHECK))
                ? Optional.of("a check without a name is changed") : Optional.empty();
    }

    /**
     * Clauses for statements that are run one after the other. What refers to columns goes before them and comes behind them, and
     * InnoDB builds one FULLTEXT index at a time.
     */
    List<String> alterations() {
        List<String> statements = new ArrayList<>();
        List<String> first = new ArrayList<>();
        Map<String, String> keysBefore = additions(before.foreignKeys());
        Map<String, String> keysAfter = additions(after.foreignKeys());
        changed(keysBefore, keysAfter).forEach(name -> first.add("DROP FOREIGN KEY " + SqlNames.quote(name)));
        changed(named(before, Part.Kind.CHECK), named(after, Part.Kind.CHECK))
                .forEach(name -> first.add((target.mariaDb() ? "DROP CONSTRAINT " : "DROP CHECK ") + SqlNames.quote(name)));
        add(statements, first);
        List<String> main = new ArrayList<>(columnClauses());
        List<String> alone = new ArrayList<>();
        indexes(main, alone);
        changed(named(after, Part.Kind.CHECK), named(before, Part.Kind.CHECK))
                .forEach(name -> main.add("ADD " + named(after, Part.Kind.CHECK).get(name)));
        main.addAll(options());
        add(statements, main);
        statements.addAll(alone);
        if (!before.partitions().equals(after.partitions())) {
            statements.add(after.partitions().isEmpty() ? "REMOVE PARTITIONING" : after.partitions());
        }
        List<String> last = new ArrayList<>();
        changed(keysAfter, keysBefore).forEach(name -> last.add(keysAfter.get(name)));
        add(statements, last);
        return statements;
    }

    private static void add(List<String> statements, List<String> clauses) {
        if (!clauses.isEmpty()) {
            statements.add(String.join(", ", clauses));
        }
    }

    /** Names of what is not the same in the other. */
    private static List<String> changed(Map<String, String> one, Map<String, String> other) {
        return one.entrySet().stream().filter(e -> !e.getValue().equals(other.get(e.getKey()))).map(Map.Entry::getKey).toList();
    }

    private static Map<String, String> additions(List<Addition> additions) {
        Map<String, String> byName = new LinkedHashMap<>();
        additions.forEach(addition -> byName.put(addition.name(), addition.clause()));
        return byName;
    }

    private static List<Part> parts(TableScript script, Part.Kind kind) {
        return script.parts().stream().filter(part -> part.kind() == kind).toList();
    }

    private static List<String> texts(TableScript script, Part.Kind kind) {
        return parts(script, kind).stream().map(Part::clause).toList();
    }

    private static Map<String, String> named(TableScript script, Part.Kind kind) {
        Map<String, String> byName = new LinkedHashMap<>();
        parts(script, kind).stream().filter(part -> !part.name().isEmpty()).forEach(part -> byName.put(part.name(), part.clause()));
        return byName;
    }

    /** A clause that gives no place leaves a column where it is; places are taken from the left to the right, as a server takes them. */
    private List<String> columnClauses() {
        List<String> clauses = new ArrayList<>();
        List<String> order = new ArrayList<>();
        Map<String, String> old = named(before, Part.Kind.COLUMN);
        for (String name : old.keySet()) {
            if (columns.dropped().contains(name)) {
                clauses.add("DROP COLUMN " + SqlNames.quote(columns.now().get(name)));
            } else {
                order.add(name);
            }
        }
        String previous = "";
        int at = 0;
        for (Part column : parts(after, Part.Kind.COLUMN)) {
            String place = previous.isEmpty() ? " FIRST" : " AFTER " + SqlNames.quote(previous);
            String there = old.get(column.name());
            boolean stays = at < order.size() && order.get(at).equals(column.name());
            if (there == null) {
                clauses.add("ADD COLUMN " + written.get(column.name()) + place);
            } else if (!stays || !there.equals(column.clause()) || !columns.now().get(column.name()).equals(column.name())) {
                clauses.add("CHANGE COLUMN " + SqlNames.quote(columns.now().get(column.name())) + " " + written.get(column.name())
                        + (stays ? "" : place));
            }
            if (!stays) {
                order.remove(column.name());
                order.add(at, column.name());
            }
            previous = column.name();
            at++;
        }
        return clauses;
    }

    private void indexes(List<String> clauses, List<String> alone) {
        Map<String, String> old = keys(before);
        Map<String, String> now = keys(after);
        List<String> dropped = new ArrayList<>(changed(old, now));
        for (String name : changed(now, old)) {
            Optional<String> same = dropped.stream().filter(d -> renamable(d, name, old, now)).findFirst();
            same.ifPresent(dropped::remove);
            if (same.isPresent()) {
                clauses.add("RENAME INDEX " + SqlNames.quote(same.get()) + " TO " + SqlNames.quote(name));
            } else if (now.get(name).startsWith("FULLTEXT")) {
                alone.add("ADD " + now.get(name));
            } else {
                clauses.add("ADD " + now.get(name));
            }
        }
        dropped.forEach(name -> clauses.add(name.equals("PRIMARY") ? "DROP PRIMARY KEY" : "DROP INDEX " + SqlNames.quote(name)));
    }

    private boolean renamable(String from, String to, Map<String, String> old, Map<String, String> now) {
        boolean known = target.mySqlFrom(MYSQL_RENAME_INDEX) || target.mariaDbFrom(MARIADB_RENAME_INDEX);
        boolean named = !from.equals("PRIMARY") && !to.equals("PRIMARY") && !now.containsKey(from) && !old.containsKey(to);
        return known && named && GivenNames.replaced(old.get(from), from, to).equals(now.get(to));
    }

    private static Map<String, String> keys(TableScript script) {
        Map<String, String> keys = named(script, Part.Kind.KEY);
        script.indexes().forEach(index -> keys.put(index.name(), index.clause().replaceFirst("^ADD ", "")));
        return keys;
    }

    private List<String> options() {
        List<String> clauses = new ArrayList<>();
        after.options().forEach((name, text) -> {
            if (!text.equals(before.options().get(name))) {
                clauses.add(text);
            }
        });
        before.options().keySet().stream().filter(name -> !after.options().containsKey(name) && !GOES_BY_ITSELF.contains(name))
                .forEach(name -> clauses.add(TableOptions.unset(name)));
        return clauses;
    }
}
