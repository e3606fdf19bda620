package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.ddl.Clause.Place;
import io.opendts.engines.mysql.schema.TableDefinition.Attribute;
import io.opendts.engines.mysql.schema.TableDefinition.Attribute.Kind;
import io.opendts.engines.mysql.schema.TableDefinition.ColumnPart;
import io.opendts.engines.mysql.schema.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The columns of a table under ALTER TABLE, by the server's order of things: columns go, change and take other names where they
 * stand, all at once; then, clause by clause, others come or move. One statement, one thread.
 */
final class ChangedColumns {

    private final SourceServer server;
    private final TableDefaults defaults;
    private final Optional<TableDefaults> converted;
    private final List<ColumnPart> before;
    private final List<ColumnPart> now = new ArrayList<>();
    private final Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> gone = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final List<WrittenColumn> written = new ArrayList<>();
    private final ColumnForm form;

    /**
     * @param defaults  of the table afterwards
     * @param converted what CONVERT TO makes of each text, even of one that the statement defines otherwise; empty without it
     */
    ChangedColumns(SourceServer server, TableDefaults defaults, Optional<TableDefaults> converted, List<ColumnPart> before) {
        this.server = server;
        this.defaults = defaults;
        this.converted = converted;
        this.before = before;
        this.form = new ColumnForm(server.version(), server.explicitTimestamps());
    }

    List<ColumnPart> now() {
        return now;
    }

    /** Those that the statement defines, with the keys and constraints of their own. */
    List<WrittenColumn> written() {
        return written;
    }

    /** Lower and upper case are one. */
    boolean gone(String name) {
        return gone.contains(name);
    }

    /** The name that a column has now. */
    String renamed(String name) {
        return names.getOrDefault(name, name);
    }

    /**
     * A text of the table's with the names that its columns have now. People write names without quotes too; what is called is
     * none, nor is what introduces a string, as in b'101'.
     */
    List<Token> renamed(List<Token> text) {
        if (names.isEmpty()) {
            return text;
        }
        List<Token> out = new ArrayList<>();
        for (int i = 0; i < text.size(); i++) {
            Token token = text.get(i);
            Token next = i + 1 < text.size() ? text.get(i + 1) : Token.SPACE;
            boolean called = token.word() && (next.symbol('(') || next.kind() == Token.Kind.STRING);
            out.add(token.named() && !called && names.containsKey(token.value()) ? Token.name(names.get(token.value())) : token);
        }
        return out;
    }

    void apply(List<Clause> clauses) {
        for (Clause clause : clauses) {
            if (clause instanceof Clause.DropColumn(String name, boolean ifThere) && (!ifThere || find(before, name).isPresent())) {
                gone.add(find(before, name).orElseThrow(() -> missing(name)).name());
            } else if (clause instanceof Clause.RenameColumn(String name, String to, boolean ifThere)
                    && (!ifThere || find(before, name).isPresent())) {
                names.put(name, to);
            } else if (clause instanceof Clause.ChangeColumn change) {
                find(before, change.name()).filter(column -> !column.name().equals(change.column().name()))
                        .ifPresent(column -> names.put(column.name(), change.column().name()));
            }
        }
        clauses.forEach(this::refuseMissing);
        for (ColumnPart column : before) {
            if (!gone.contains(column.name())) {
                now.add(changed(column, clauses));
            }
        }
        clauses.forEach(this::place);
        clauses.forEach(this::adjust);
    }

    /** What IF EXISTS leaves out changes the places of others on some servers. */
    private void refuseMissing(Clause clause) {
        if (clause instanceof Clause.ChangeColumn(String name, _, boolean ifThere, Place place) && find(before, name).isEmpty()
                && !(ifThere && place instanceof Place.Stays)) {
            throw missing(name);
        }
    }

    private static NotUnderstood missing(String column) {
        return new NotUnderstood("the table has no column " + column);
    }

    private static Optional<ColumnPart> find(List<ColumnPart> columns, String name) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
    }

    private ColumnPart changed(ColumnPart column, List<Clause> clauses) {
        for (Clause clause : clauses) {
            if (clause instanceof Clause.ChangeColumn change && change.name().equalsIgnoreCase(column.name())) {
                return made(change.column(), now);
            }
        }
        ColumnPart renamed = new ColumnPart(renamed(column.name()), column.type(),
                column.attributes().stream().map(a -> new Attribute(a.kind(), renamed(a.value()))).toList());
        return converted.map(to -> converted(renamed, to, true)).orElse(renamed);
    }

    private ColumnPart made(WrittenColumn column, List<ColumnPart> inFront) {
        written.add(column);
        boolean first = inFront.stream().noneMatch(c -> c.typeName().equals("timestamp"));
        ColumnPart defined = form.of(column, defaults, first);
        ColumnPart part = converted.map(to -> converted(defined, to, false)).orElse(defined);
        Optional<Clause.AddCheck> own = server.version().mariaDb() ? column.constraints().stream().filter(Clause.AddCheck.class::isInstance)
                .map(Clause.AddCheck.class::cast).findFirst() : Optional.empty();
        return own.map(check -> with(part, new Attribute(Kind.CHECK, check.check().expression()))).orElse(part);
    }

    /** @param grows whether as many characters are to fit as before */
    private ColumnPart converted(ColumnPart column, TableDefaults to, boolean grows) {
        Optional<String> charset = column.attribute(Kind.CHARSET).map(a -> Token.text(a.value()));
        if (charset.isEmpty() || charset.get().equals("binary")) {
            return column;
        }
        if (ColumnType.spoilsLabels(column, charset.get(), to.charset())) {
            throw new NotUnderstood("the labels of column " + column.name() + " in another character set");
        }
        List<Token> type = new ArrayList<>(column.type());
        String bytes = ColumnType.ofBytes(column.typeName());
        if (to.charset().equals("binary") && !bytes.equals(column.typeName())) {
            type.set(0, Token.word(bytes));
            ColumnPart ofBytes = new ColumnPart(column.name(), List.copyOf(type), column.attributes());
            return without(without(ofBytes, Kind.CHARSET), Kind.COLLATE);
        }
        String fitting = ColumnType.grown(column.typeName(), Charsets.bytes(charset.get()), Charsets.bytes(to.charset()));
        type.set(0, Token.word(grows ? fitting : column.typeName()));
        ColumnPart grown = new ColumnPart(column.name(), List.copyOf(type), column.attributes());
        return with(with(grown, new Attribute(Kind.CHARSET, List.of(Token.word(to.charset())))),
                new Attribute(Kind.COLLATE, List.of(Token.word(to.collation()))));
    }

    private void place(Clause clause) {
        if (clause instanceof Clause.AddColumn(WrittenColumn column, boolean unlessThere, Place place)) {
            if (!unlessThere || find(now, column.name()).isEmpty()) {
                int at = at(place, now.size());
                now.add(at, made(column, now.subList(0, at)));
            }
        } else if (clause instanceof Clause.ChangeColumn(_, WrittenColumn column, boolean ifThere, Place place)
                && !(place instanceof Place.Stays)) {
            Optional<ColumnPart> moved = find(now, column.name());
            if (moved.isEmpty() && ifThere) {
                return;
            }
            now.remove(moved.orElseThrow(() -> missing(column.name())));
            now.add(at(place, now.size()), moved.get());
        }
    }

    private int at(Place place, int end) {
        return switch (place) {
            case Place.Stays() -> end;
            case Place.First() -> 0;
            case Place.After(String column) -> now.indexOf(find(now, column).orElseThrow(() -> missing(column))) + 1;
        };
    }

    private void adjust(Clause clause) {
        if (clause instanceof Clause.SetDefault(String column, List<Token> value)) {
            replace(column, part -> with(part, new Attribute(Kind.DEFAULT, form.value(value, ColumnType.of(part)))));
        } else if (clause instanceof Clause.DropDefault(String column)) {
            replace(column, part -> new ColumnPart(part.name(), part.type(), form.withoutDefault(part)));
        } else if (clause instanceof Clause.ShowColumn(String column, boolean visible)) {
            replace(column, part -> visible ? without(part, Kind.INVISIBLE) : with(part, new Attribute(Kind.INVISIBLE, List.of())));
        }
    }

    private void replace(String name, UnaryOperator<ColumnPart> change) {
        ColumnPart part = find(now, renamed(name)).orElseThrow(() -> missing(name));
        now.set(now.indexOf(part), change.apply(part));
    }

    /** Of those that may be null by themselves; row times never are, and do not say so. */
    void notNull(String name) {
        find(now, name)
                .filter(part -> part.attribute(Kind.ROW_TIME).isEmpty())
                .ifPresent(part -> now.set(now.indexOf(part), ColumnForm.notNull(part)));
    }

    private static ColumnPart with(ColumnPart part, Attribute attribute) {
        List<Attribute> attributes = new ArrayList<>(without(part, attribute.kind()).attributes());
        attributes.add(attribute);
        return new ColumnPart(part.name(), part.type(), ColumnForm.sorted(attributes));
    }

    private static ColumnPart without(ColumnPart part, Kind kind) {
        return new ColumnPart(part.name(), part.type(), part.attributes().stream().filter(a -> a.kind() != kind).toList());
    }
}
