package io.opendts.engines.mysql.schema;

import io.opendts.engines.mysql.schema.TableDefinition.Attribute;
import io.opendts.engines.mysql.schema.TableDefinition.CheckPart;
import io.opendts.engines.mysql.schema.TableDefinition.ColumnPart;
import io.opendts.engines.mysql.schema.TableDefinition.Element;
import io.opendts.engines.mysql.schema.TableDefinition.ForeignKeyPart;
import io.opendts.engines.mysql.schema.TableDefinition.KeyColumn;
import io.opendts.engines.mysql.schema.TableDefinition.KeyPart;
import io.opendts.engines.mysql.schema.TableDefinition.PeriodPart;
import io.opendts.engines.mysql.schema.TableScript.Part;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes a source's table for a target. Pure; one instance renders one table once. */
public final class TableRenderer {

    /**
     * When indexes that are not unique are made: those of many rows are built faster when the rows are there. Full-text ones always
     * are later: servers list them last, whenever they were made, and all others in the order in which they were.
     */
    public enum Indexes { LATER, AT_ONCE }

    private final Table table;
    private final Route route;
    private final Indexes indexesMade;
    private final Selector selector;
    private final Dialect dialect;
    private final TableDefinition definition;
    private final Findings findings = new Findings();
    private final Set<String> gone;
    private final Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<TableScript.Addition> indexes = new ArrayList<>();
    private final List<TableScript.Addition> foreignKeys = new ArrayList<>();

    private TableRenderer(Table table, Route route, Selector selector, ServerVersion source, TargetFacts target, Indexes indexesMade) {
        this.table = table;
        this.route = route;
        this.indexesMade = indexesMade;
        this.selector = selector;
        String database = table.id().database();
        this.dialect = new Dialect(source, target, findings, Map.of(database, selector.database(database).orElse(database)));
        this.definition = TableDefinition.parse(table.definition());
        definition.columns().forEach(c -> names.put(c.name(), route.targetName(c.name())));
        this.gone = gone();
    }

    /** How the table is made; what stands in the way is in {@link TableScript#problems()}. */
    public static TableScript render(Table table, Route route, Selector selector, ServerVersion source, TargetFacts target) {
        return render(table, route, selector, source, target, Indexes.LATER);
    }

    public static TableScript render(Table table, Route route, Selector selector, ServerVersion source, TargetFacts target,
                                     Indexes indexesMade) {
        return new TableRenderer(table, route, selector, source, target, indexesMade).script();
    }

    private String object(String part) {
        return table.id() + "." + part;
    }

    /** Excluded columns, those computed from them, and MariaDB's row times where the target keeps no history. */
    private Set<String> gone() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(route.excluded());
        for (ColumnPart column : definition.columns()) {
            Optional<Attribute> computed = column.attribute(Attribute.Kind.GENERATED);
            if (computed.isPresent() && Dialect.mentions(computed.get().value(), names) && names.add(column.name())) {
                findings.note(object(column.name()), "the generated column is left out: it uses a column that stays behind");
            }
            if (column.attribute(Attribute.Kind.ROW_TIME).isPresent() && !dialect.toMariaDb() && names.add(column.name())) {
                findings.note(object(column.name()), "the row time is left out: " + dialect.target().version() + " keeps no history");
            }
        }
        return names;
    }

    private TableScript script() {
        List<Part> parts = new ArrayList<>();
        Optional<String> counterKey = counterKey();
        boolean counted = definition.keys().stream().anyMatch(k -> k.unique() && startsWithCounter(k) && kept(k)) || counterKey.isPresent();
        for (Element element : definition.elements()) {
            dataSource(element, parts);
            switch (element) {
                case ColumnPart column -> {
                    if (!gone.contains(column.name())) {
                        parts.add(new Part(Part.Kind.COLUMN, names.get(column.name()),
                                new ColumnRenderer(dialect, names).render(object(column.name()), column, counted)));
                    }
                }
                case KeyPart key -> key(key, counterKey, parts);
                case CheckPart check -> check(check).ifPresent(parts::add);
                case PeriodPart period -> period(period).ifPresent(parts::add);
                case ForeignKeyPart key -> foreignKey(key);
            }
        }
        dataSource(null, parts);
        if (merged() && counted && counterKey.isEmpty()) {
            parts.add(new Part(Part.Kind.KEY, "", "KEY " + SqlNames.quoteAll(List.of(names.get(counter().orElseThrow())))));
        }
        OptionRenderer options = new OptionRenderer(table.id(), definition, dialect, names, gone);
        return new TableScript(route.target(), parts, options.options(), options.partitions(), indexes, foreignKeys, findings.notes(),
                findings.problems());
    }

    /** The column that tells merged rows apart stands behind the others, before the first key. */
    private void dataSource(Element next, List<Part> parts) {
        Part column = new Part(Part.Kind.COLUMN, Route.DATA_SOURCE, MergedTables.column());
        if (merged() && !(next instanceof ColumnPart) && !parts.contains(column)) {
            parts.add(column);
        }
    }

    private boolean merged() {
        return route.dataSource().isPresent();
    }

    private boolean startsWithCounter(KeyPart key) {
        return counter().isPresent() && !key.columns().isEmpty() && key.columns().getFirst().column().equals(counter());
    }

    private Optional<String> counter() {
        return definition.columns().stream().filter(c -> c.attribute(Attribute.Kind.AUTO_INCREMENT).isPresent())
                .map(ColumnPart::name).findFirst();
    }

    /** The secondary index that AUTO_INCREMENT cannot do without; empty when a primary or unique key serves it. */
    private Optional<String> counterKey() {
        if (definition.keys().stream().anyMatch(k -> k.unique() && startsWithCounter(k) && kept(k))) {
            return Optional.empty();
        }
        return definition.keys().stream().filter(k -> startsWithCounter(k) && kept(k)).map(KeyPart::name).findFirst();
    }

    private boolean kept(KeyPart key) {
        return key.columns().stream().noneMatch(c -> c.column().map(gone::contains).orElse(false) || Dialect.mentions(c.tokens(), gone));
    }

    private void key(KeyPart key, Optional<String> counterKey, List<Part> parts) {
        String object = object(key.name());
        if (!kept(key)) {
            findings.note(object, "the index is left out: it uses a column that stays behind");
            return;
        }
        if (refused(key, object)) {
            return;
        }
        String clause = keyText(key, object);
        Part part = new Part(Part.Kind.KEY, key.kind() == KeyPart.Kind.PRIMARY ? "PRIMARY" : key.name(), clause);
        switch (key.kind()) {
            case PRIMARY, UNIQUE, VECTOR -> parts.add(part);
            case PLAIN, FULLTEXT, SPATIAL -> {
                boolean early = indexesMade == Indexes.AT_ONCE && key.kind() != KeyPart.Kind.FULLTEXT;
                if (early || counterKey.filter(key.name()::equals).isPresent()) {
                    parts.add(part);
                } else {
                    indexes.add(new TableScript.Addition(key.name(), "ADD " + clause, key.kind() == KeyPart.Kind.FULLTEXT));
                }
            }
        }
    }

    /** Whether the target cannot have the key: a unique one is then a problem, any other is only left out. */
    private boolean refused(KeyPart key, String object) {
        boolean expression = key.columns().stream().anyMatch(c -> c.column().isEmpty());
        boolean noExpressions = expression && !dialect.target().version().mySqlFrom(Dialect.MYSQL_EXPRESSIONS);
        boolean multiValued = key.columns().stream().anyMatch(c -> c.column().isEmpty() && c.tokens().stream().anyMatch(t -> t.is("array")))
                && !dialect.target().version().mySqlFrom(80017);
        boolean overlaps = !dialect.toMariaDb()
                && key.columns().stream().anyMatch(c -> c.tokens().stream().anyMatch(t -> t.is("OVERLAPS")));
        boolean vector = key.kind() == KeyPart.Kind.VECTOR && !dialect.target().version().mariaDbFrom(Dialect.MARIADB_VECTOR);
        boolean unbounded = key.unique() && !dialect.toMariaDb() && key.columns().stream().anyMatch(this::unbounded);
        String reason = noExpressions || multiValued ? "an index over an expression"
                : overlaps ? "a key WITHOUT OVERLAPS"
                : vector ? "a VECTOR index"
                : unbounded ? "a unique key over whole TEXT or BLOB values" : "";
        if (reason.isEmpty()) {
            return false;
        }
        if (key.unique()) {
            findings.problem(object, reason + " is unknown to " + dialect.target().version());
        } else {
            findings.note(object, "the index is left out: " + reason + " is unknown to " + dialect.target().version());
        }
        return true;
    }

    private boolean unbounded(KeyColumn part) {
        return part.whole() && definition.columns().stream()
                .anyMatch(c -> part.column().get().equals(c.name()) && (c.typeName().endsWith("text") || c.typeName().endsWith("blob")));
    }

    private String keyText(KeyPart key, String object) {
        String head = switch (key.kind()) {
            case PRIMARY -> "PRIMARY KEY";
            case UNIQUE -> "UNIQUE KEY " + SqlNames.quote(key.name());
            case PLAIN -> "KEY " + SqlNames.quote(key.name());
            case FULLTEXT -> "FULLTEXT KEY " + SqlNames.quote(key.name());
            case SPATIAL -> "SPATIAL KEY " + SqlNames.quote(key.name());
            case VECTOR -> "VECTOR KEY " + SqlNames.quote(key.name());
        };
        String first = merged() && key.unique() ? " (" + SqlNames.quote(Route.DATA_SOURCE) + "," : " (";
        String columns = key.columns().stream().map(c -> keyColumn(c, object)).collect(Collectors.joining(",", first, ")"));
        return head + columns + KeySuffix.render(key.suffix(), object, dialect);
    }

    private String keyColumn(KeyColumn part, String object) {
        String rest = Token.text(dialect.expression(object, part.tokens(), names));
        if (part.column().isEmpty()) {
            return rest;
        }
        boolean spaced = !rest.isEmpty() && !rest.startsWith("(");
        return SqlNames.quote(names.getOrDefault(part.column().get(), part.column().get())) + (spaced ? " " : "") + rest;
    }

    private Optional<Part> check(CheckPart check) {
        String object = object(check.name());
        if (Dialect.mentions(check.expression(), gone)) {
            findings.note(object, "the check is left out: it uses a column that stays behind");
            return Optional.empty();
        }
        boolean works = dialect.toMariaDb() || dialect.target().version().mySqlFrom(Dialect.MYSQL_CHECKS);
        if (!works || !check.enforced() && dialect.toMariaDb()) {
            findings.note(object, "the check is left out: " + dialect.target().version()
                    + (works ? " knows no checks that are not enforced" : " enforces no checks"));
            return Optional.empty();
        }
        boolean perDatabase = dialect.source().mariaDb() && !dialect.toMariaDb();
        boolean counted = check.name().matches("CONSTRAINT_\\d+");
        String name = perDatabase && counted ? "" : check.name();
        return Optional.of(new Part(Part.Kind.CHECK, name, (name.isEmpty() ? "" : "CONSTRAINT " + SqlNames.quote(name) + " ")
                + "CHECK " + Token.text(dialect.expression(object, check.expression(), names))
                + (check.enforced() ? "" : " NOT ENFORCED")));
    }

    private Optional<Part> period(PeriodPart period) {
        if (dialect.toMariaDb() && !Dialect.mentions(period.tokens(), gone)) {
            String name = period.name().equalsIgnoreCase("SYSTEM_TIME") ? "SYSTEM_TIME" : SqlNames.quote(period.name());
            return Optional.of(new Part(Part.Kind.PERIOD, period.name(), "PERIOD FOR " + name + " "
                    + Token.text(dialect.expression(object(period.name()), period.tokens(), names))));
        }
        findings.note(object(period.name()), "the period is left out");
        return Optional.empty();
    }

    private void foreignKey(ForeignKeyPart key) {
        String object = object(key.name());
        TableId parent = new TableId(key.database().orElse(table.id().database()), key.parent());
        Optional<Route> to = selector.table(parent);
        if (to.isEmpty()) {
            findings.note(object, "the foreign key is left out: its parent " + parent + " is not selected");
            return;
        }
        if (merged() || to.get().dataSource().isPresent()) {
            findings.note(object, "the foreign key is left out: rows of several tables are merged on one of its sides");
            return;
        }
        boolean parentGone = key.parentColumns().stream().anyMatch(c -> to.get().excluded().stream().anyMatch(c::equalsIgnoreCase));
        if (parentGone || key.columns().stream().anyMatch(gone::contains)) {
            findings.note(object, "the foreign key is left out: it uses a column that stays behind");
            return;
        }
        String columns = SqlNames.quoteAll(key.columns().stream().map(c -> names.getOrDefault(c, c)).toList());
        String parentColumns = SqlNames.quoteAll(key.parentColumns().stream().map(c -> parentColumn(to.get(), c)).toList());
        String actions = key.actions().isEmpty() ? "" : " " + Token.text(key.actions());
        foreignKeys.add(new TableScript.Addition(key.name(), "ADD CONSTRAINT " + SqlNames.quote(key.name()) + " FOREIGN KEY " + columns
                + " REFERENCES " + SqlNames.quote(to.get().target()) + " " + parentColumns + actions, false));
    }

    /** The text of a foreign key has a column's name as people wrote it. */
    private static String parentColumn(Route parent, String column) {
        return parent.renames().entrySet().stream().filter(e -> e.getKey().equalsIgnoreCase(column)).map(Map.Entry::getValue)
                .findFirst().orElse(column);
    }
}
