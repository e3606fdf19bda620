package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.ddl.Clause.Place;
import io.opendts.engines.mysql.schema.TableDefinition.CheckPart;
import io.opendts.engines.mysql.schema.TableDefinition.ForeignKeyPart;
import io.opendts.engines.mysql.schema.TableDefinition.KeyColumn;
import io.opendts.engines.mysql.schema.TableDefinition.KeyPart;
import io.opendts.engines.mysql.schema.TableDefinition.PeriodPart;
import io.opendts.engines.mysql.schema.Token;
import io.opendts.engines.mysql.schema.TokenCursor;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What stands between the brackets of CREATE TABLE and behind ADD: columns, keys, constraints. One statement, one thread. */
final class ElementReader {

    private final TokenCursor cursor;
    private final Supplier<TableId> tables;
    private final ColumnReader columns;

    /** @param tables reads a table's name at the cursor */
    ElementReader(TokenCursor cursor, WrittenUnder session, Supplier<TableId> tables) {
        this.cursor = cursor;
        this.tables = tables;
        this.columns = new ColumnReader(cursor, session, this);
    }

    static NotUnderstood unknown(TokenCursor cursor, String where) {
        return new NotUnderstood("at '" + cursor.peek().text() + "' in " + where);
    }

    ColumnReader columns() {
        return columns;
    }

    String name() {
        if (!cursor.peek().named()) {
            throw unknown(cursor, "the place of a name");
        }
        return stored(cursor.next().value());
    }

    /** Names are kept in UTF-8 of three bytes: what needs four becomes a question mark. */
    private static String stored(String name) {
        return name.replaceAll("[\\x{10000}-\\x{10FFFF}]", "?");
    }

    WrittenColumn column() {
        return columns.column(name());
    }

    Clause element(Place place, boolean unlessThere) {
        return startsKey() ? keyOrConstraint() : new Clause.AddColumn(column(), unlessThere, place);
    }

    boolean startsKey() {
        Token token = cursor.peek();
        if (!token.word()) {
            return false;
        }
        return switch (token.text().toUpperCase(Locale.ROOT)) {
            case "PRIMARY", "UNIQUE", "INDEX", "KEY", "FULLTEXT", "SPATIAL", "CONSTRAINT", "FOREIGN", "CHECK" -> true;
            case "PERIOD" -> cursor.second().is("FOR");
            case "VECTOR" -> cursor.second().is("INDEX") || cursor.second().is("KEY");
            default -> false;
        };
    }

    private Clause keyOrConstraint() {
        if (cursor.accept("PERIOD", "FOR")) {
            String name = name();
            return new Clause.AddPeriod(new PeriodPart(name, cursor.group()));
        }
        String constraint = cursor.accept("CONSTRAINT") && !constraintKind() ? name() : "";
        if (cursor.accept("FOREIGN", "KEY")) {
            boolean unlessThere = cursor.accept("IF", "NOT", "EXISTS");
            String name = cursor.peek().named() ? name() : "";
            return references(constraint, name, names(), unlessThere);
        }
        if (cursor.accept("CHECK")) {
            return check(constraint);
        }
        String kind = cursor.next().text();
        boolean _ = cursor.accept("INDEX") || cursor.accept("KEY");
        KeyPart.Kind keyKind = kind(kind);
        boolean unlessThere = cursor.accept("IF", "NOT", "EXISTS");
        boolean named = cursor.peek().named() && !(cursor.peek().is("USING") && cursor.second().word());
        String name = named ? name() : constraint;
        List<Token> method = method();
        return new Clause.AddKey(key(keyKind, keyKind == KeyPart.Kind.PRIMARY ? "PRIMARY" : name, method), unlessThere);
    }

    private boolean constraintKind() {
        return cursor.peek().is("PRIMARY") || cursor.peek().is("UNIQUE") || cursor.peek().is("FOREIGN") || cursor.peek().is("CHECK");
    }

    KeyPart.Kind kind(String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "PRIMARY" -> KeyPart.Kind.PRIMARY;
            case "UNIQUE" -> KeyPart.Kind.UNIQUE;
            case "", "INDEX", "KEY" -> KeyPart.Kind.PLAIN;
            case "FULLTEXT" -> KeyPart.Kind.FULLTEXT;
            case "SPATIAL" -> KeyPart.Kind.SPATIAL;
            case "VECTOR" -> KeyPart.Kind.VECTOR;
            default -> throw new NotUnderstood("an index of the kind " + word);
        };
    }

    /** USING, as it may stand in front of the columns; empty where it does not. */
    List<Token> method() {
        return cursor.accept("USING") || cursor.accept("TYPE") ? words("USING", cursor.next().text().toUpperCase(Locale.ROOT)) : List.of();
    }

    /** From the columns on. */
    KeyPart key(KeyPart.Kind kind, String name, List<Token> method) {
        List<KeyColumn> parts = TokenCursor.items(bracket()).stream().map(ElementReader::keyColumn).toList();
        return new KeyPart(kind, name, parts, suffix(method));
    }

    private List<Token> bracket() {
        List<Token> group = cursor.group();
        if (group.isEmpty()) {
            throw unknown(cursor, "the place of columns");
        }
        return group;
    }

    private static KeyColumn keyColumn(List<Token> item) {
        TokenCursor part = new TokenCursor(item);
        if (!part.peek().named()) {
            return new KeyColumn(Optional.empty(), part.rest());
        }
        String column = part.next().value();
        List<Token> rest = new ArrayList<>(part.group().stream().filter(token -> !token.blank()).toList());
        if (!part.accept("ASC")) {
            List<Token> more = part.rest();
            if (!more.isEmpty()) {
                rest.add(Token.SPACE);
                rest.addAll(more);
            }
        }
        return new KeyColumn(Optional.of(column), List.copyOf(rest));
    }

    private List<Token> suffix(List<Token> method) {
        List<Token> out = new ArrayList<>();
        List<Token> using = method;
        while (true) {
            if (cursor.accept("USING") || cursor.accept("TYPE")) {
                using = words("USING", cursor.next().text().toUpperCase(Locale.ROOT));
            } else if (cursor.accept("KEY_BLOCK_SIZE")) {
                cursor.acceptSymbol('=');
                out.addAll(words("KEY_BLOCK_SIZE=" + cursor.next().text()));
            } else if (cursor.accept("WITH", "PARSER")) {
                out.addAll(List.of(Token.SPACE, Token.word("WITH"), Token.SPACE, Token.word("PARSER"), Token.SPACE, cursor.next()));
            } else if (cursor.accept("COMMENT")) {
                cursor.acceptSymbol('=');
                out.addAll(List.of(Token.SPACE, Token.word("COMMENT"), Token.SPACE, cursor.next()));
            } else if (cursor.accept("INVISIBLE")) {
                out.addAll(words("INVISIBLE"));
            } else if (cursor.accept("IGNORED")) {
                out.addAll(words("IGNORED"));
            } else if (!cursor.accept("VISIBLE") && !cursor.accept("NOT", "IGNORED")) {
                List<Token> whole = new ArrayList<>(using);
                whole.addAll(out);
                return List.copyOf(whole);
            }
        }
    }

    private static List<Token> words(String... words) {
        List<Token> tokens = new ArrayList<>();
        for (String word : words) {
            tokens.add(Token.SPACE);
            tokens.add(Token.word(word));
        }
        return tokens;
    }

    private List<String> names() {
        return TokenCursor.items(bracket()).stream().map(item -> new TokenCursor(item).next().value()).toList();
    }

    /** From REFERENCES on. */
    Clause.AddForeignKey references(String name, String keyName, List<String> from, boolean unlessThere) {
        if (!cursor.accept("REFERENCES")) {
            throw unknown(cursor, "FOREIGN KEY");
        }
        TableId parent = tables.get();
        List<String> to = cursor.peek().symbol('(') ? names() : List.of();
        List<Token> actions = new ArrayList<>();
        while (true) {
            if (cursor.accept("MATCH")) {
                cursor.next();
            } else if (cursor.accept("ON", "DELETE")) {
                actions.addAll(action("DELETE"));
            } else if (cursor.accept("ON", "UPDATE")) {
                actions.addAll(action("UPDATE"));
            } else {
                return new Clause.AddForeignKey(new ForeignKeyPart(name, from, Optional.of(parent.database()), parent.name(), to,
                        List.copyOf(actions)), keyName, unlessThere);
            }
        }
    }

    private List<Token> action(String event) {
        for (String rule : List.of("CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION")) {
            if (cursor.accept(rule.split(" "))) {
                return words(("ON " + event + " " + rule).split(" "));
            }
        }
        throw unknown(cursor, "ON " + event);
    }

    /** From the bracket on. */
    Clause.AddCheck check(String name) {
        List<Token> expression = bracket();
        boolean enforced = !cursor.accept("NOT", "ENFORCED");
        cursor.accept("ENFORCED");
        return new Clause.AddCheck(new CheckPart(name, expression, enforced), false);
    }
}
