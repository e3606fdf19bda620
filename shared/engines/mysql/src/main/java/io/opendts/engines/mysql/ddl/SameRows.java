package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.ServerVersion;
import io.opendts.engines.mysql.schema.TableDefinition;
import io.opendts.engines.mysql.schema.TableDefinition.Attribute;
import io.opendts.engines.mysql.schema.TableDefinition.Attribute.Kind;
import io.opendts.engines.mysql.schema.TableDefinition.CheckPart;
import io.opendts.engines.mysql.schema.TableDefinition.ColumnPart;
import io.opendts.engines.mysql.schema.TableDefinition.ForeignKeyPart;
import io.opendts.engines.mysql.schema.TableDefinition.KeyPart;
import io.opendts.engines.mysql.schema.TableDefinition.PeriodPart;
import io.opendts.engines.mysql.schema.Token;
import io.opendts.model.Column;
import io.opendts.model.Key;
import io.opendts.model.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether ALTER TABLE gives a table the rows that a tool has copied into its replacement. Tools copy by INSERT IGNORE and REPLACE, in
 * sessions of their own: rows that do not fit are dropped or bent, values of new columns are those of the moment. Only what can make no
 * difference passes. Pure; one instance compares once.
 */
public final class SameRows {

    private final Table before;
    private final Table after;
    private final Map<String, String> kept;
    private final TableDefinition old;
    private final TableDefinition now;

    private SameRows(Table before, Table after, Map<String, String> kept, ServerVersion server) {
        this.before = before;
        this.after = after;
        this.kept = kept;
        this.old = TableShape.of(before, server).definition();
        this.now = TableShape.of(after, server).definition();
    }

    /**
     * @param kept columns of the table afterwards that are columns from before, with their names there
     * @return why the rows may be others; empty where they are the same
     */
    public static Optional<String> doubt(Table before, Table after, Map<String, String> kept, ServerVersion server) {
        SameRows rows = new SameRows(before, after, kept, server);
        return Stream.concat(rows.columns(), Stream.of(rows.keys(), rows.constraints(), rows.places()).flatMap(Optional::stream))
                .findFirst();
    }

    private Stream<String> columns() {
        return now.columns().stream().flatMap(column -> {
            Optional<ColumnPart> there = find(old, column.name());
            Optional<String> from = Optional.ofNullable(kept.get(column.name()));
            if (from.isPresent() && !from.get().equalsIgnoreCase(column.name())) {
                return Stream.of("column " + from.get() + " was renamed to " + column.name());
            }
            if (from.isPresent() != there.isPresent()) {
                return Stream.of("column " + column.name() + " was dropped and made again");
            }
            return (there.isPresent() ? changed(there.get(), column) : made(column)).map(why -> "column " + column.name() + " " + why)
                    .stream();
        });
    }

    private static Optional<ColumnPart> find(TableDefinition table, String name) {
        return table.columns().stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
    }

    /** A value that is the same for every row, at any time and in any session. */
    private static Optional<String> made(ColumnPart column) {
        if (column.attribute(Kind.GENERATED).isPresent()) {
            return Optional.empty();
        }
        boolean chosen = Stream.of(Kind.AUTO_INCREMENT, Kind.ON_UPDATE, Kind.ROW_TIME).anyMatch(k -> column.attribute(k).isPresent());
        Optional<List<Token>> value = column.attribute(Kind.DEFAULT).map(Attribute::value);
        boolean none = value.isEmpty() || value.get().size() == 1 && value.get().getFirst().is("NULL");
        boolean mayBeNull = column.attribute(Kind.NULLABILITY).filter(a -> Token.text(a.value()).equals("NOT NULL")).isEmpty();
        boolean constant = none ? mayBeNull : literal(value.get()) && !column.typeName().equals("timestamp");
        return chosen || !constant ? Optional.of("is new, and its value is not one constant for all rows") : Optional.empty();
    }

    private static boolean literal(List<Token> value) {
        String text = Token.text(value);
        boolean string = value.size() == 1 && value.getFirst().kind() == Token.Kind.STRING;
        return string || text.matches("[-+]?\\d+(\\.\\d+)?") || text.matches("(?i)[bx]'[0-9a-f]*'");
    }

    private Optional<String> changed(ColumnPart from, ColumnPart to) {
        Column was = column(before, from.name());
        Column is = column(after, to.name());
        boolean computed = !text(from, Kind.GENERATED).equals(text(to, Kind.GENERATED))
                || !text(from, Kind.ROW_TIME).equals(text(to, Kind.ROW_TIME));
        if (computed) {
            return Optional.of("is computed in another way");
        }
        if (was.nullable() && !is.nullable()) {
            return Optional.of("becomes NOT NULL");
        }
        return WiderType.holds(was, is) ? Optional.empty()
                : Optional.of("is converted from " + was.nativeType() + " to " + is.nativeType());
    }

    private static Column column(Table table, String name) {
        return table.columns().stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst().orElseThrow();
    }

    private static String text(ColumnPart column, Kind kind) {
        return column.attribute(kind).map(a -> Token.text(a.value())).orElse("");
    }

    /** Tools find rows by a key that both tables have; any other unique key may drop rows. */
    private Optional<String> keys() {
        Optional<Set<String>> identity = before.identity().map(key -> names(key.columns()));
        if (identity.isEmpty() || !after.identity().map(key -> names(key.columns())).equals(identity)) {
            return Optional.of("the key that finds its rows is another one");
        }
        for (Key key : after.keys()) {
            if (!impliedByOld(key)) {
                return Optional.of("the unique key " + key.name() + " is new");
            }
            Optional<String> sortedAnew = key.columns().stream().filter(name -> find(old, name).isPresent())
                    .filter(name -> !column(before, name).collation().equals(column(after, name).collation())).findFirst();
            if (sortedAnew.isPresent()) {
                return Optional.of("column " + sortedAnew.get() + " of the unique key " + key.name() + " is compared in another way");
            }
        }
        return Optional.empty();
    }

    private boolean impliedByOld(Key key) {
        boolean wider = key.exact() && before.keys().stream()
                .anyMatch(k -> k.exact() && names(key.columns()).containsAll(names(k.columns())));
        Set<String> texts = uniques(old).collect(Collectors.toCollection(HashSet::new));
        return wider || now.keys().stream().filter(k -> k.unique() && k.name().equals(key.name())).map(SameRows::text)
                .anyMatch(texts::contains);
    }

    private static Stream<String> uniques(TableDefinition table) {
        return table.keys().stream().filter(KeyPart::unique).map(SameRows::text);
    }

    private static String text(KeyPart key) {
        return key.columns().stream().map(c -> c.column().orElse("") + " " + Token.text(c.tokens())).collect(Collectors.joining(","));
    }

    private static Set<String> names(List<String> columns) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(columns);
        return names;
    }

    private Optional<String> constraints() {
        if (!checks(old).containsAll(checks(now))) {
            return Optional.of("a check is new");
        }
        boolean itself = after.foreignKeys().stream().anyMatch(key -> key.parent().equals(after.id()));
        if (itself) {
            return Optional.of("it refers to itself");
        }
        return references(old).containsAll(references(now)) ? Optional.empty() : Optional.of("a foreign key is new");
    }

    private static Set<String> checks(TableDefinition table) {
        Set<String> texts = new HashSet<>();
        table.elements().forEach(element -> {
            if (element instanceof CheckPart check && check.enforced()) {
                texts.add(Token.text(check.expression()));
            } else if (element instanceof ColumnPart column && column.attribute(Kind.CHECK).isPresent()) {
                texts.add(column.name() + " " + text(column, Kind.CHECK));
            }
        });
        return texts;
    }

    private static Set<List<String>> references(TableDefinition table) {
        Set<List<String>> references = new HashSet<>();
        for (ForeignKeyPart key : table.foreignKeys()) {
            List<String> reference = new ArrayList<>(key.columns());
            reference.add(key.database().orElse("") + "." + key.parent());
            reference.addAll(key.parentColumns());
            references.add(reference);
        }
        return references;
    }

    /** Where rows are put: a row without a partition, or in a table that holds nothing, is dropped. */
    private Optional<String> places() {
        String partition = Token.text(now.partition());
        boolean any = partition.isEmpty() || partition.matches("(?is)PARTITION BY\\s+(LINEAR\\s+)?(HASH|KEY)\\b.*");
        if (!any && !partition.equals(Token.text(old.partition()))) {
            return Optional.of("it is partitioned in another way");
        }
        if (!after.storageEngine().equalsIgnoreCase("InnoDB") && !after.storageEngine().equalsIgnoreCase(before.storageEngine())) {
            return Optional.of("its engine becomes " + after.storageEngine());
        }
        boolean versioned = Stream.of(old, now).anyMatch(table -> table.option("WITH SYSTEM VERSIONING").isPresent()
                || table.elements().stream().anyMatch(PeriodPart.class::isInstance));
        return versioned ? Optional.of("its rows have periods or a history") : Optional.empty();
    }
}
