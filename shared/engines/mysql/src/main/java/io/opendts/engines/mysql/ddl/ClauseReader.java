package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.ddl.Clause.Place;
import io.opendts.engines.mysql.schema.Token;
import io.opendts.engines.mysql.schema.TokenCursor;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What ALTER TABLE does, clause by clause, and the body of CREATE TABLE. Grammar: dev.mysql.com "ALTER TABLE Statement",
 * mariadb.com "ALTER TABLE". One statement, one thread.
 *
 * <p>What moves rows without telling of them, or makes them from an expression of its own, is not understood on purpose:
 * EXCHANGE PARTITION, DROP PARTITION, IMPORT TABLESPACE.
 */
final class ClauseReader {

    private static final Clause NOTHING = new Clause.Nothing();

    private final TokenCursor cursor;
    private final String database;
    private final ElementReader elements;
    private final OptionReader options;

    ClauseReader(TokenCursor cursor, WrittenUnder session) {
        this.cursor = cursor;
        this.database = session.database();
        this.elements = new ElementReader(cursor, session, this::table);
        this.options = new OptionReader(cursor);
    }

    ElementReader elements() {
        return elements;
    }

    NotUnderstood unknown(String where) {
        return ElementReader.unknown(cursor, where);
    }

    /** {@code table}, {@code database.table} or {@code .table}. */
    TableId table() {
        cursor.acceptSymbol('.');
        String first = elements.name();
        return cursor.acceptSymbol('.') ? new TableId(first, elements.name()) : new TableId(database, first);
    }

    /** Elements, options and partitions of CREATE TABLE. */
    List<Clause> definition() {
        List<Clause> clauses = new ArrayList<>();
        if (!cursor.acceptSymbol('(')) {
            throw unknown("CREATE TABLE");
        }
        do {
            clauses.add(elements.element(new Place.Stays(), false));
        } while (cursor.acceptSymbol(','));
        if (!cursor.acceptSymbol(')')) {
            throw unknown("an element of CREATE TABLE");
        }
        while (!cursor.atEnd() && !cursor.peek().symbol(';')) {
            cursor.acceptSymbol(',');
            clauses.add(options.partition().or(options::next).orElseThrow(() -> unknown("an option of CREATE TABLE")));
        }
        return clauses;
    }

    /** ALGORITHM and LOCK behind CREATE INDEX and DROP INDEX. */
    List<Clause> hints() {
        List<Clause> found = new ArrayList<>();
        for (Optional<Clause> hint = hint(); hint.isPresent(); hint = hint()) {
            found.add(hint.get());
            cursor.acceptSymbol(',');
        }
        return found;
    }

    private Optional<Clause> hint() {
        if (cursor.accept("ALGORITHM") || cursor.accept("LOCK")) {
            cursor.acceptSymbol('=');
            cursor.next();
            return Optional.of(NOTHING);
        }
        return Optional.empty();
    }

    List<Clause> alterations() {
        List<Clause> clauses = new ArrayList<>();
        while (!cursor.atEnd() && !cursor.peek().symbol(';')) {
            boolean follows = clauses.isEmpty() || cursor.acceptSymbol(',') || cursor.peek().is("PARTITION")
                    || clauses.getLast() instanceof Clause.SetOption;
            if (!follows) {
                throw unknown("ALTER TABLE");
            }
            clauses.addAll(clause());
        }
        return clauses;
    }

    private List<Clause> clause() {
        if (cursor.accept("ADD")) {
            return add();
        }
        return List.of(one());
    }

    private List<Clause> add() {
        if (cursor.accept("SYSTEM", "VERSIONING") || cursor.accept("PARTITION")) {
            throw unknown("ALTER TABLE ... ADD");
        }
        if (elements.startsKey()) {
            return List.of(elements.element(new Place.Stays(), false));
        }
        cursor.accept("COLUMN");
        boolean unlessThere = cursor.accept("IF", "NOT", "EXISTS");
        List<Clause> added = new ArrayList<>();
        if (!cursor.acceptSymbol('(')) {
            return List.of(placed(elements.element(new Place.Stays(), unlessThere)));
        }
        do {
            added.add(elements.element(new Place.Stays(), unlessThere));
        } while (cursor.acceptSymbol(','));
        if (!cursor.acceptSymbol(')')) {
            throw unknown("ADD COLUMN (");
        }
        return added;
    }

    private Clause placed(Clause added) {
        return added instanceof Clause.AddColumn(WrittenColumn column, boolean unlessThere, _)
                ? new Clause.AddColumn(column, unlessThere, place()) : added;
    }

    private Place place() {
        if (cursor.accept("FIRST")) {
            return new Place.First();
        }
        return cursor.accept("AFTER") ? new Place.After(elements.name()) : new Place.Stays();
    }

    private Clause change(String name, boolean ifThere) {
        return new Clause.ChangeColumn(name, elements.column(), ifThere, place());
    }

    private Clause one() {
        if (cursor.accept("CHANGE")) {
            cursor.accept("COLUMN");
            Named changed = named();
            return change(changed.name(), changed.ifThere());
        }
        if (cursor.accept("MODIFY")) {
            cursor.accept("COLUMN");
            boolean ifThere = cursor.accept("IF", "EXISTS");
            return change(cursor.peek().value(), ifThere);
        }
        if (cursor.accept("ALTER")) {
            return alter();
        }
        if (cursor.accept("DROP")) {
            return drop();
        }
        return cursor.accept("RENAME") ? rename() : ofTheTable();
    }

    private Clause ofTheTable() {
        if (cursor.accept("CONVERT", "TO")) {
            return convert();
        }
        if (cursor.accept("ORDER", "BY")) {
            do {
                elements.name();
                boolean _ = cursor.accept("ASC") || cursor.accept("DESC");
            } while (cursor.acceptSymbol(','));
            return NOTHING;
        }
        if (cursor.accept("REMOVE", "PARTITIONING")) {
            return new Clause.Partition(List.of());
        }
        if (Stream.of("ANALYZE", "CHECK", "OPTIMIZE", "REBUILD").anyMatch(word -> cursor.accept(word, "PARTITION"))) {
            cursor.rest();
            return NOTHING;
        }
        if (cursor.accept("FORCE") || cursor.accept("ENABLE", "KEYS") || cursor.accept("DISABLE", "KEYS")
                || cursor.accept("WITH", "VALIDATION") || cursor.accept("WITHOUT", "VALIDATION")) {
            return NOTHING;
        }
        return hint().or(options::partition).or(options::next).orElseThrow(() -> unknown("ALTER TABLE"));
    }

    private Clause alter() {
        if (cursor.accept("INDEX") || cursor.accept("KEY")) {
            cursor.accept("IF", "EXISTS");
            String name = elements.name();
            if (cursor.accept("VISIBLE") || cursor.accept("NOT", "IGNORED")) {
                return new Clause.ShowKey(name, "");
            }
            return new Clause.ShowKey(name, cursor.next().text().toUpperCase(Locale.ROOT));
        }
        if (cursor.accept("CHECK") || cursor.accept("CONSTRAINT")) {
            String name = elements.name();
            boolean enforced = !cursor.accept("NOT");
            if (!cursor.accept("ENFORCED")) {
                throw unknown("ALTER CHECK");
            }
            return new Clause.Enforce(name, enforced);
        }
        cursor.accept("COLUMN");
        cursor.accept("IF", "EXISTS");
        String column = elements.name();
        if (cursor.accept("DROP", "DEFAULT")) {
            return new Clause.DropDefault(column);
        }
        if (!cursor.accept("SET")) {
            throw unknown("ALTER COLUMN");
        }
        if (cursor.accept("VISIBLE")) {
            return new Clause.ShowColumn(column, true);
        }
        if (cursor.accept("INVISIBLE")) {
            return new Clause.ShowColumn(column, false);
        }
        if (!cursor.accept("DEFAULT")) {
            throw unknown("ALTER COLUMN ... SET");
        }
        return new Clause.SetDefault(column, elements.columns().defaultValue());
    }

    /** A part of the table that may be missing where the statement says so. */
    private record Named(String name, boolean ifThere) {}

    private Named named() {
        boolean ifThere = cursor.accept("IF", "EXISTS");
        return new Named(elements.name(), ifThere);
    }

    private Clause drop() {
        if (cursor.accept("PRIMARY", "KEY")) {
            return new Clause.DropKey("PRIMARY", false);
        }
        if (cursor.accept("PARTITION") || cursor.accept("SYSTEM") || cursor.accept("PERIOD")) {
            throw unknown("ALTER TABLE ... DROP");
        }
        boolean key = cursor.accept("INDEX") || cursor.accept("KEY");
        boolean foreignKey = !key && cursor.accept("FOREIGN", "KEY");
        boolean check = cursor.accept("CHECK");
        boolean constraint = check || cursor.accept("CONSTRAINT");
        cursor.accept("COLUMN");
        Named dropped = named();
        if (constraint) {
            return new Clause.DropConstraint(dropped.name(), check, dropped.ifThere());
        }
        if (foreignKey) {
            return new Clause.DropForeignKey(dropped.name(), dropped.ifThere());
        }
        if (key) {
            return new Clause.DropKey(dropped.name(), dropped.ifThere());
        }
        boolean _ = cursor.accept("RESTRICT") || cursor.accept("CASCADE");
        return new Clause.DropColumn(dropped.name(), dropped.ifThere());
    }

    private Clause rename() {
        boolean column = cursor.accept("COLUMN");
        if (column || cursor.accept("INDEX") || cursor.accept("KEY")) {
            Named from = named();
            if (!cursor.accept("TO")) {
                throw unknown("RENAME");
            }
            String to = elements.name();
            return column ? new Clause.RenameColumn(from.name(), to, from.ifThere())
                    : new Clause.RenameKey(from.name(), to, from.ifThere());
        }
        if (!cursor.accept("TO") && !cursor.accept("AS")) {
            cursor.acceptSymbol('=');
        }
        return new Clause.RenameTable(table());
    }

    private Clause convert() {
        if (!cursor.accept("CHARACTER", "SET") && !cursor.accept("CHARSET") && !cursor.accept("CHAR", "SET")) {
            throw unknown("CONVERT TO");
        }
        Optional<String> charset = cursor.accept("DEFAULT") ? Optional.empty() : Optional.of(lower(cursor.next()));
        Optional<String> collation = Optional.empty();
        if (cursor.accept("COLLATE")) {
            cursor.acceptSymbol('=');
            collation = Optional.of(lower(cursor.next()));
        }
        return new Clause.Convert(charset, collation);
    }

    private static String lower(Token name) {
        return name.value().toLowerCase(Locale.ROOT);
    }
}
