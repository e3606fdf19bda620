package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.TableDefinition;
import io.opendts.engines.mysql.schema.TableDefinition.CheckPart;
import io.opendts.engines.mysql.schema.TableDefinition.Element;
import io.opendts.engines.mysql.schema.TableDefinition.ForeignKeyPart;
import io.opendts.engines.mysql.schema.TableDefinition.Option;
import io.opendts.engines.mysql.schema.Token;
import io.opendts.model.Column;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** What a statement makes of the tables of its source. Pure; one statement. */
public final class StatementEffect {

    private static final Set<String> NOT_COPIED = Set.of("AUTO_INCREMENT", "DATA DIRECTORY", "INDEX DIRECTORY");

    private final SourceServer server;
    private final SourceTables tables;
    /** Tables as a list of renamings has left them so far, by their names in front of it. */
    private final Map<TableId, Table> now = new LinkedHashMap<>();

    private StatementEffect(SourceServer server, SourceTables tables) {
        this.server = server;
        this.tables = tables;
    }

    /**
     * Tables that are not known are passed over where nobody wants what becomes of them.
     *
     * @return in the order in which they are touched; empty where the statement changes no table's form
     * @throws NotUnderstood what a table is afterwards cannot be told from the statement
     */
    static List<Altered> of(TableStatement statement, SourceServer server, SourceTables tables) {
        return new StatementEffect(server, tables).of(statement);
    }

    /**
     * As a log has it.
     *
     * @return empty for a statement that is not about tables
     * @throws NotUnderstood what the tables are afterwards cannot be told from the text
     */
    public static Optional<List<Altered>> of(String sql, WrittenUnder session, SourceServer server, SourceTables tables) {
        return TableStatement.read(sql, session, server.version().mariaDb()).map(statement -> of(statement, server, tables));
    }

    private List<Altered> of(TableStatement statement) {
        return switch (statement) {
            case TableStatement.Create create -> create(create);
            case TableStatement.CreateLike like -> like(like);
            case TableStatement.Alter alter -> alter(alter);
            case TableStatement.Drop drop -> drop.tables().stream().flatMap(id -> tables.table(id).stream()).map(Altered::dropped).toList();
            case TableStatement.Rename rename -> rename(rename.renamings());
            case TableStatement.Truncate _ -> List.of();
        };
    }

    private List<Altered> create(TableStatement.Create create) {
        Optional<Table> there = tables.table(create.table());
        if (there.isPresent() && !create.replace()) {
            return List.of();
        }
        TableDefaults database = tables.database(create.table().database());
        TableDefinition nothing = new TableDefinition(List.of(), List.of(
                new Option("ENGINE", List.of(Token.word("InnoDB"))),
                new Option("CHARSET", List.of(Token.word(database.charset()))),
                new Option("COLLATE", List.of(Token.word(database.collation())))), List.of());
        TableShape shape = new TableChange(server, database).of(new TableShape(create.table(), nothing), create.clauses(), create.table());
        return replaced(there, DefinedTable.of(shape, server));
    }

    private static List<Altered> replaced(Optional<Table> there, Table made) {
        List<Altered> altered = new ArrayList<>(there.map(Altered::dropped).stream().toList());
        altered.add(Altered.made(made));
        return altered;
    }

    private List<Altered> like(TableStatement.CreateLike create) {
        Optional<Table> there = tables.table(create.table());
        if (there.isPresent() && !create.replace()) {
            return List.of();
        }
        Table model = tables.table(create.like()).orElseThrow(() -> new NotUnderstood("table " + create.like() + " is not known"));
        TableDefinition definition = shape(model).definition();
        List<CheckPart> checks = definition.elements().stream().filter(CheckPart.class::isInstance).map(CheckPart.class::cast).toList();
        List<Element> elements = definition.elements().stream().filter(e -> !(e instanceof ForeignKeyPart))
                .map(e -> e instanceof CheckPart check ? named(check, checks, create.table()) : e).toList();
        List<Option> options = definition.options().stream().filter(o -> !NOT_COPIED.contains(o.name())).toList();
        return replaced(there, DefinedTable.of(new TableShape(create.table(),
                new TableDefinition(elements, options, definition.partition())), server));
    }

    /** MySQL counts the checks of a copy anew, whatever their names were. */
    private Element named(CheckPart check, List<CheckPart> all, TableId to) {
        String name = server.version().mariaDb() ? check.name() : to.name() + "_chk_" + (all.indexOf(check) + 1);
        return new CheckPart(name, check.expression(), check.enforced());
    }

    private TableShape shape(Table table) {
        return TableShape.of(table, server.version());
    }

    private List<Altered> alter(TableStatement.Alter alter) {
        Optional<Table> before = tables.table(alter.table());
        if (before.isEmpty()) {
            return nothing(alter.table(), alter.after());
        }
        TableShape shape = new TableChange(server, tables.database(alter.table().database())).of(shape(before.get()), alter);
        Map<String, String> renamed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Clause clause : alter.clauses()) {
            if (clause instanceof Clause.RenameColumn(String name, String to, _)) {
                renamed.put(name, to);
            } else if (clause instanceof Clause.ChangeColumn(String name, WrittenColumn column, _, _)) {
                renamed.put(name, column.name());
            }
        }
        Table changed = DefinedTable.of(shape, server);
        List<Altered> altered = new ArrayList<>();
        altered.add(new Altered(before, Optional.of(changed), kept(before.get(), changed, alter, renamed)));
        for (Table child : tables.children(alter.table())) {
            if (!child.id().equals(alter.table())) {
                referring(child, alter.table(), alter.after(), renamed).ifPresent(after -> altered.add(Altered.changed(child, after)));
            }
        }
        return altered;
    }

    private List<Altered> nothing(TableId from, TableId to) {
        if (!tables.isOther(from) && tables.wanted(to)) {
            throw new NotUnderstood("table " + from + " is not known");
        }
        return List.of();
    }

    /** A column that is dropped and made again in one statement is a new one. */
    private static Map<String, String> kept(Table before, Table after, TableStatement.Alter alter, Map<String, String> renamed) {
        Set<String> dropped = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        alter.clauses().forEach(clause -> {
            if (clause instanceof Clause.DropColumn(String name, _)) {
                dropped.add(name);
            }
        });
        Map<String, String> now = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        before.columns().stream().map(Column::name).filter(name -> !dropped.contains(name))
                .forEach(name -> now.put(renamed.getOrDefault(name, name), name));
        Map<String, String> kept = new HashMap<>();
        after.columns().forEach(column -> Optional.ofNullable(now.get(column.name())).ifPresent(from -> kept.put(column.name(), from)));
        return kept;
    }

    /** One after the other: a name in the middle may be another table's a moment later, and children follow each time. */
    private List<Altered> rename(List<TableStatement.Renaming> renamings) {
        for (TableStatement.Renaming renaming : renamings) {
            tables.children(renaming.from()).forEach(child -> now.putIfAbsent(child.id(), child));
            Optional<TableId> origin = now.entrySet().stream().filter(e -> e.getValue().id().equals(renaming.from())).map(Map.Entry::getKey)
                    .findFirst();
            if (origin.isEmpty() && !now.containsKey(renaming.from())) {
                origin = tables.table(renaming.from()).map(Table::id);
                tables.table(renaming.from()).ifPresent(table -> now.put(table.id(), table));
                if (origin.isEmpty()) {
                    nothing(renaming.from(), renaming.to());
                }
            }
            origin.ifPresent(from -> now.put(from, renamed(now.get(from), renaming.to())));
            now.replaceAll((_, table) -> table.id().equals(renaming.to()) ? table
                    : referring(table, renaming.from(), renaming.to(), Map.of()).orElse(table));
        }
        List<Altered> altered = new ArrayList<>();
        now.forEach((origin, table) -> tables.table(origin).filter(before -> !before.equals(table))
                .ifPresent(before -> altered.add(Altered.changed(before, table))));
        return altered;
    }

    private Table renamed(Table table, TableId to) {
        return DefinedTable.of(new TableChange(server, tables.database(to.database())).of(shape(table), List.of(), to), server);
    }

    /** A child follows the names of its parent. */
    private Optional<Table> referring(Table child, TableId from, TableId to, Map<String, String> columns) {
        TableShape shape = shape(child);
        UnaryOperator<ForeignKeyPart> follow = key -> {
            boolean meant = key.parent().equals(from.name()) && key.database().orElse(child.id().database()).equals(from.database());
            boolean elsewhere = !to.database().equals(child.id().database());
            return !meant ? key : new ForeignKeyPart(key.name(), key.columns(), elsewhere ? Optional.of(to.database()) : Optional.empty(),
                    to.name(), key.parentColumns().stream().map(c -> columns.getOrDefault(c, c)).toList(), key.actions());
        };
        List<Element> elements = shape.definition().elements().stream()
                .map(e -> e instanceof ForeignKeyPart key ? follow.apply(key) : e).toList();
        if (elements.equals(shape.definition().elements())) {
            return Optional.empty();
        }
        return Optional.of(DefinedTable.of(new TableShape(child.id(),
                new TableDefinition(elements, shape.definition().options(), shape.definition().partition())), server));
    }
}
