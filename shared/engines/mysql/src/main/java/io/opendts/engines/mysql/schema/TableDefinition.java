package io.opendts.engines.mysql.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parts of what SHOW CREATE TABLE prints, in its order.
 *
 * @param partition the whole PARTITION BY clause; empty without one
 */
public record TableDefinition(List<Element> elements, List<Option> options, List<Token> partition) {

    /** What stands between the brackets. */
    public sealed interface Element {}

    public record ColumnPart(String name, List<Token> type, List<Attribute> attributes) implements Element {
        public Optional<Attribute> attribute(Attribute.Kind kind) {
            return attributes.stream().filter(a -> a.kind == kind).findFirst();
        }

        /** Whether it holds the moment at which a row of a versioned table became a past one. */
        public boolean endsLife() {
            return attribute(Attribute.Kind.ROW_TIME).filter(a -> a.value().getFirst().is("END")).isPresent();
        }

        public String typeName() {
            return type.getFirst().text().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param value what follows the words of the kind; of NULLABILITY, GENERATED and OTHER all of it
     */
    public record Attribute(Kind kind, List<Token> value) {
        public enum Kind {
            CHARSET, COLLATE, NULLABILITY, DEFAULT, ON_UPDATE, AUTO_INCREMENT, GENERATED, ROW_TIME, COMMENT, INVISIBLE, CHECK,
            SRID, COMPRESSED, VERSIONING, OTHER
        }
    }

    /** @param suffix what follows the columns: USING, COMMENT, parser, visibility */
    public record KeyPart(Kind kind, String name, List<KeyColumn> columns, List<Token> suffix) implements Element {
        public enum Kind { PRIMARY, UNIQUE, PLAIN, FULLTEXT, SPATIAL, VECTOR }

        public boolean unique() {
            return kind == Kind.PRIMARY || kind == Kind.UNIQUE;
        }

        KeyPart without(Set<String> names) {
            return new KeyPart(kind, name, columns.stream().filter(c -> c.column().filter(names::contains).isEmpty()).toList(), suffix);
        }
    }

    /**
     * @param column empty for an expression
     * @param tokens what follows the column's name (length, order), or the whole expression
     */
    public record KeyColumn(Optional<String> column, List<Token> tokens) {
        public boolean whole() {
            return column.isPresent() && tokens.stream().noneMatch(t -> t.symbol('(') || t.is("OVERLAPS"));
        }
    }

    /** @param actions ON DELETE and ON UPDATE as written */
    public record ForeignKeyPart(String name, List<String> columns, Optional<String> database, String parent, List<String> parentColumns,
                          List<Token> actions) implements Element {}

    public record CheckPart(String name, List<Token> expression, boolean enforced) implements Element {}

    public record PeriodPart(String name, List<Token> tokens) implements Element {}

    /** @param name in upper case, words joined by one blank */
    public record Option(String name, List<Token> value) {}

    public List<ColumnPart> columns() {
        return elements.stream().filter(ColumnPart.class::isInstance).map(ColumnPart.class::cast).toList();
    }

    public List<KeyPart> keys() {
        return elements.stream().filter(KeyPart.class::isInstance).map(KeyPart.class::cast).toList();
    }

    public List<ForeignKeyPart> foreignKeys() {
        return elements.stream().filter(ForeignKeyPart.class::isInstance).map(ForeignKeyPart.class::cast).toList();
    }

    public Optional<String> option(String name) {
        return options.stream().filter(o -> o.name.equals(name)).map(o -> Token.text(o.value)).findFirst();
    }

    /** @throws IllegalArgumentException the text is not what SHOW CREATE TABLE prints */
    public static TableDefinition parse(String text) {
        TokenCursor cursor = new TokenCursor(Lexer.definition(text));
        while (!cursor.atEnd() && !cursor.peek().symbol('(')) {
            cursor.next();
        }
        List<Token> body = cursor.group();
        if (body.isEmpty()) {
            throw new IllegalArgumentException("no column list in " + text);
        }
        List<Element> elements = new ArrayList<>();
        for (List<Token> item : TokenCursor.items(body)) {
            elements.add(element(new TokenCursor(item)));
        }
        List<Option> options = options(cursor);
        return new TableDefinition(withoutEnds(elements), options, cursor.rest());
    }

    /** To each unique key of a versioned table MariaDB adds the end of the row's life: among present rows the others decide. */
    private static List<Element> withoutEnds(List<Element> elements) {
        Set<String> ends = elements.stream().filter(e -> e instanceof ColumnPart column && column.endsLife())
                .map(e -> ((ColumnPart) e).name()).collect(Collectors.toSet());
        return elements.stream().map(e -> e instanceof KeyPart key && key.unique() ? key.without(ends) : e).toList();
    }

    private static Element element(TokenCursor cursor) {
        if (cursor.peek().kind() == Token.Kind.NAME) {
            return column(cursor);
        }
        if (cursor.accept("PRIMARY", "KEY")) {
            return key(KeyPart.Kind.PRIMARY, "PRIMARY", cursor);
        }
        if (cursor.accept("UNIQUE", "KEY")) {
            return key(KeyPart.Kind.UNIQUE, cursor.next().value(), cursor);
        }
        if (cursor.accept("KEY")) {
            return key(KeyPart.Kind.PLAIN, cursor.next().value(), cursor);
        }
        if (cursor.accept("FULLTEXT", "KEY")) {
            return key(KeyPart.Kind.FULLTEXT, cursor.next().value(), cursor);
        }
        if (cursor.accept("SPATIAL", "KEY")) {
            return key(KeyPart.Kind.SPATIAL, cursor.next().value(), cursor);
        }
        if (cursor.accept("VECTOR", "KEY")) {
            return key(KeyPart.Kind.VECTOR, cursor.next().value(), cursor);
        }
        if (cursor.accept("PERIOD", "FOR")) {
            return new PeriodPart(cursor.next().value(), cursor.rest());
        }
        String name = cursor.accept("CONSTRAINT") ? cursor.next().value() : "";
        if (cursor.accept("FOREIGN", "KEY")) {
            return foreignKey(name, cursor);
        }
        if (cursor.accept("CHECK")) {
            List<Token> expression = cursor.group();
            return new CheckPart(name, expression, !cursor.accept("NOT", "ENFORCED"));
        }
        throw new IllegalArgumentException("unknown part of a table: " + Token.text(cursor.rest()));
    }

    private static KeyPart key(KeyPart.Kind kind, String name, TokenCursor cursor) {
        List<KeyColumn> columns = TokenCursor.items(cursor.group()).stream().map(item -> {
            TokenCursor part = new TokenCursor(item);
            Optional<String> column = part.peek().kind() == Token.Kind.NAME ? Optional.of(part.next().value()) : Optional.empty();
            return new KeyColumn(column, part.rest());
        }).toList();
        return new KeyPart(kind, name, columns, cursor.rest());
    }

    private static ForeignKeyPart foreignKey(String name, TokenCursor cursor) {
        List<String> columns = names(cursor.group());
        cursor.accept("REFERENCES");
        String first = cursor.next().value();
        boolean qualified = cursor.acceptSymbol('.');
        String parent = qualified ? cursor.next().value() : first;
        List<String> parentColumns = names(cursor.group());
        return new ForeignKeyPart(name, columns, qualified ? Optional.of(first) : Optional.empty(), parent, parentColumns, cursor.rest());
    }

    private static List<String> names(List<Token> group) {
        return TokenCursor.items(group).stream().map(item -> new TokenCursor(item).next().value()).toList();
    }

    private static ColumnPart column(TokenCursor cursor) {
        String name = cursor.next().value();
        List<Token> type = new ArrayList<>(List.of(cursor.next()));
        type.addAll(cursor.group());
        while (cursor.peek().is("unsigned") || cursor.peek().is("signed") || cursor.peek().is("zerofill")) {
            type.add(Token.SPACE);
            type.add(cursor.next());
        }
        List<Attribute> attributes = new ArrayList<>();
        while (!cursor.atEnd()) {
            attributes.add(ColumnAttributes.next(cursor));
        }
        return new ColumnPart(name, List.copyOf(type), List.copyOf(attributes));
    }

    private static final Set<String> TWO_WORDS = Set.of("DEFAULT", "CHARACTER", "DATA", "INDEX");

    private static List<Option> options(TokenCursor cursor) {
        List<Option> options = new ArrayList<>();
        while (!cursor.atEnd() && !cursor.peek().is("PARTITION")) {
            if (cursor.accept("WITH", "SYSTEM", "VERSIONING")) {
                options.add(new Option("WITH SYSTEM VERSIONING", List.of()));
                continue;
            }
            if (cursor.acceptSymbol(',')) {
                continue;
            }
            String name = cursor.next().value().toUpperCase(Locale.ROOT);
            if (TWO_WORDS.contains(name)) {
                name = (name.equals("DEFAULT") ? "" : name + " ") + cursor.next().value().toUpperCase(Locale.ROOT);
            }
            cursor.acceptSymbol('=');
            List<Token> group = cursor.group();
            options.add(new Option(name, group.isEmpty() ? cursor.value() : group));
        }
        return List.copyOf(options);
    }
}
