package io.opendts.engines.mysql.schema;

import io.opendts.model.Column;
import io.opendts.model.Route;
import io.opendts.model.SchemaObject;
import io.opendts.model.SchemaObject.Kind;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.SchemaPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The names that databases, tables, views and columns have on the target, carried into the texts of objects. A view's text is the
 * server's own, with every name quoted: what a name means is known there. Other texts are people's: a name that changes only its case
 * is replaced wherever it stands, since all that is not a table, a database or an alias has names without case; another change is
 * told in a note. Immutable.
 */
final class ObjectNames {

    /** @param columns source column to target column, empty for one that stays behind; found whatever their case */
    record Known(TableId target, Map<String, Optional<String>> columns, boolean merged) {

        /** A column that the table has not is left as it is: a server has taken the text. */
        Optional<String> column(String name) {
            return columns.getOrDefault(name, Optional.of(name));
        }
    }

    private final boolean folds;
    private final Map<String, String> databases = new HashMap<>();
    private final Map<TableId, Known> known = new HashMap<>();
    /** By the name alone; empty where two databases disagree. */
    private final Map<String, Optional<String>> bare = new HashMap<>();

    /** @param folds whether the source takes names of databases and tables for the same that differ by case */
    ObjectNames(SchemaPlan plan, boolean folds) {
        this.folds = folds;
        for (SchemaObject object : plan.catalog().objects()) {
            switch (object.kind()) {
                case DATABASE -> plan.selector().database(object.id().database())
                        .ifPresent(to -> databases.put(folded(object.id().database()), to));
                case VIEW, SEQUENCE -> plan.selector().object(object.kind(), object.id())
                        .ifPresent(to -> put(object.id(), new Known(to, Map.of(), false)));
                case FUNCTION, PROCEDURE, EVENT, TRIGGER -> { }
            }
        }
        for (Table table : plan.catalog().tables()) {
            plan.selector().route(table).ifPresent(route -> put(table.id(), known(table, route)));
        }
    }

    private void put(TableId id, Known what) {
        TableId source = new TableId(folded(id.database()), folded(id.name()));
        known.put(source, what);
        bare.merge(source.name(), Optional.of(what.target.name()), (one, other) -> one.equals(other) ? one : Optional.empty());
    }

    private static Known known(Table table, Route route) {
        Map<String, Optional<String>> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Column column : table.columns()) {
            columns.put(column.name(), route.excluded().contains(column.name()) ? Optional.empty()
                    : Optional.of(route.targetName(column.name())));
        }
        return new Known(route.target(), columns, route.dataSource().isPresent());
    }

    private String folded(String name) {
        return folds ? name.toLowerCase(Locale.ROOT) : name;
    }

    Optional<String> database(String source) {
        return Optional.ofNullable(databases.get(folded(source)));
    }

    Optional<Known> table(String database, String name) {
        return Optional.ofNullable(known.get(new TableId(folded(database), folded(name))));
    }

    /** Whether the task touches the database: then what it does not know of it is not on the target either. */
    boolean touches(String database) {
        return databases.containsKey(folded(database));
    }

    /** The body of a routine, an event or a trigger. */
    List<Token> body(SchemaObject object, List<Token> body, Findings findings) {
        List<Token> out = new ArrayList<>(body.size());
        Set<String> mentioned = new LinkedHashSet<>();
        for (int i = 0; i < body.size(); i++) {
            Token token = body.get(i);
            boolean qualifier = i + 1 < body.size() && body.get(i + 1).symbol('.');
            Optional<String> to = ofRow(object, body, i) ? rowColumn(object, token.value(), findings)
                    : token.named() ? name(token.value(), qualifier, mentioned) : Optional.empty();
            out.add(to.map(name -> token.word() ? Token.word(name) : Token.name(name)).orElse(token));
        }
        if (!mentioned.isEmpty()) {
            findings.note(object.id().toString(), "its text names " + String.join(", ", mentioned)
                    + ", which has another name on the target: look it through");
        }
        return out;
    }

    private Optional<String> name(String name, boolean qualifier, Set<String> mentioned) {
        Optional<String> to = qualifier && database(name).isPresent() ? database(name)
                : bare.getOrDefault(folded(name), Optional.empty());
        if (to.isEmpty() || to.get().equals(name)) {
            return Optional.empty();
        }
        if (!to.get().equalsIgnoreCase(name)) {
            mentioned.add(name);
            return Optional.empty();
        }
        return to;
    }

    /** Behind NEW or OLD of a trigger. */
    private static boolean ofRow(SchemaObject object, List<Token> body, int i) {
        return object.kind() == Kind.TRIGGER && i > 1 && body.get(i).named() && body.get(i - 1).symbol('.')
                && (body.get(i - 2).is("NEW") || body.get(i - 2).is("OLD"));
    }

    private Optional<String> rowColumn(SchemaObject object, String name, Findings findings) {
        TableId table = object.table().orElseThrow();
        Optional<String> to = table(table.database(), table.name()).map(t -> t.column(name)).orElse(Optional.of(name));
        if (to.isEmpty()) {
            findings.problem(object.id().toString(), "it uses the column " + table + "." + name + ", which stays behind");
        }
        return to.filter(n -> !n.equalsIgnoreCase(name));
    }
}
