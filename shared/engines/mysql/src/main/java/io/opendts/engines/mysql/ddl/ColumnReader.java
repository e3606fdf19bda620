package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.TableDefinition.Attribute;
import io.opendts.engines.mysql.schema.TableDefinition.Attribute.Kind;
import io.opendts.engines.mysql.schema.TableDefinition.KeyColumn;
import io.opendts.engines.mysql.schema.TableDefinition.KeyPart;
import io.opendts.engines.mysql.schema.Token;
import io.opendts.engines.mysql.schema.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A column from its type on: dev.mysql.com and mariadb.com "CREATE TABLE", column_definition. One statement, one thread. */
final class ColumnReader {

    private static final Set<String> VALUES_OF_WORDS = Set.of("COLUMN_FORMAT", "STORAGE");

    private static final Set<String> OTHERWISE = Set.of("date", "blob", "timestamp");
    private static final Set<String> TYPED = Set.of("DATE", "TIME", "TIMESTAMP");

    private final TokenCursor cursor;
    private final WrittenUnder session;
    private final ElementReader elements;

    ColumnReader(TokenCursor cursor, WrittenUnder session, ElementReader elements) {
        this.cursor = cursor;
        this.session = session;
        this.elements = elements;
    }

    WrittenColumn column(String name) {
        return new Reading(name).whole();
    }

    /** What stands behind DEFAULT: a literal, NULL, the present moment, an expression in brackets, on MariaDB a bare call. */
    List<Token> defaultValue() {
        if (cursor.peek().symbol('(')) {
            if (new TokenCursor(cursor.ahead()).accept("NEXT", "VALUE", "FOR")) {
                throw ElementReader.unknown(cursor, "DEFAULT (NEXT VALUE FOR");
            }
            return cursor.group();
        }
        List<Token> value = new ArrayList<>();
        if (cursor.peek().symbol('-') || cursor.peek().symbol('+')) {
            value.add(cursor.next());
        }
        Token first = cursor.next();
        value.add(first);
        if (first.kind() == Token.Kind.STRING) {
            StringBuilder whole = new StringBuilder(first.value());
            while (cursor.peek().kind() == Token.Kind.STRING) {
                whole.append(cursor.next().value());
            }
            return List.of(Token.string(whole.toString()));
        }
        boolean typed = TYPED.contains(first.text().toUpperCase(Locale.ROOT)) && cursor.peek().kind() == Token.Kind.STRING;
        if (typed || first.is("N") && cursor.peek().kind() == Token.Kind.STRING) {
            return List.of(cursor.next());
        }
        boolean introduces = first.word() && first.text().matches("(?i)_\\w+|[bxn]") && cursor.peek().kind() == Token.Kind.STRING;
        if (introduces) {
            value.add(cursor.next());
            return List.copyOf(value);
        }
        if (first.is("NEXT") && cursor.accept("VALUE", "FOR")) {
            throw ElementReader.unknown(cursor, "DEFAULT NEXT VALUE FOR");
        }
        if (number(first)) {
            fraction(value);
        } else if (cursor.peek().symbol('(')) {
            value.addAll(cursor.group());
        } else if (!first.named()) {
            throw ElementReader.unknown(cursor, "DEFAULT");
        }
        return List.copyOf(value);
    }

    private static boolean number(Token token) {
        return token.symbol('.') || token.word() && Character.isDigit(token.text().charAt(0));
    }

    /** {@code 1.5}, {@code .5} and {@code 1e-3} are several tokens; no blank stands between them. */
    private void fraction(List<Token> value) {
        while (cursor.touches() && (cursor.peek().symbol('.') || number(cursor.peek())
                || (cursor.peek().symbol('-') || cursor.peek().symbol('+')) && value.getLast().text().matches("(?i)[\\d.]*e"))) {
            value.add(cursor.next());
        }
    }

    /** One column; what has been read so far. */
    private final class Reading {
        private final String name;
        private final List<Attribute> attributes = new ArrayList<>();
        private final List<Clause> constraints = new ArrayList<>();
        private List<Token> arguments = List.of();
        private boolean unsigned;
        private boolean zerofill;
        private KeyPart.Kind key;

        Reading(String name) {
            this.name = name;
        }

        WrittenColumn whole() {
            String type = type();
            boolean more = true;
            while (more) {
                more = ofType() || keys() || attribute();
            }
            Optional<Clause.AddKey> own = Optional.ofNullable(key).map(this::own);
            return new WrittenColumn(name, type, arguments, unsigned, zerofill, List.copyOf(attributes), own, List.copyOf(constraints));
        }

        private Clause.AddKey own(KeyPart.Kind kind) {
            String keyName = kind == KeyPart.Kind.PRIMARY ? "PRIMARY" : "";
            return new Clause.AddKey(new KeyPart(kind, keyName, List.of(new KeyColumn(Optional.of(name), List.of())), List.of()), false);
        }

        private String type() {
            if (!cursor.peek().word()) {
                throw ElementReader.unknown(cursor, "the place of a type");
            }
            String type = cursor.next().text().toLowerCase(Locale.ROOT);
            switch (type) {
                case "national" -> {
                    type = cursor.next().text().toLowerCase(Locale.ROOT);
                    type = varying(type.startsWith("var") ? "varchar" : "char");
                    nationally();
                }
                case "nchar" -> {
                    type = cursor.accept("VARCHAR") ? "varchar" : varying("char");
                    nationally();
                }
                case "nvarchar" -> {
                    type = "varchar";
                    nationally();
                }
                case "char", "character" -> type = varying("char");
                case "double" -> cursor.accept("PRECISION");
                case "long" -> type = longOne();
                case "serial" -> serial();
                case "real" -> type = session.realIsFloat() ? "float" : "double";
                default -> { }
            }
            if (session.otherTypes() && OTHERWISE.contains(type)) {
                throw ElementReader.unknown(cursor, "type " + type + " under the sql_mode of its session");
            }
            arguments = cursor.group().stream().filter(token -> !token.blank()).toList();
            return type.equals("serial") ? "bigint" : type;
        }

        private String varying(String type) {
            return cursor.accept("VARYING") ? "varchar" : type;
        }

        private void nationally() {
            add(Kind.CHARSET, Token.word("utf8mb3"));
        }

        private String longOne() {
            if (cursor.accept("VARBINARY")) {
                return "mediumblob";
            }
            boolean _ = cursor.accept("VARCHAR") || cursor.accept("CHAR", "VARYING") || cursor.accept("CHARACTER", "VARYING");
            return "mediumtext";
        }

        private void serial() {
            unsigned = true;
            add(Kind.NULLABILITY, Token.word("NOT NULL"));
            attributes.add(new Attribute(Kind.AUTO_INCREMENT, List.of()));
            key = KeyPart.Kind.UNIQUE;
        }

        private void add(Kind kind, Token... value) {
            attributes.removeIf(a -> a.kind() == kind);
            attributes.add(new Attribute(kind, List.of(value)));
        }

        private boolean ofType() {
            if (cursor.accept("UNSIGNED")) {
                unsigned = true;
            } else if (cursor.accept("ZEROFILL")) {
                unsigned = true;
                zerofill = true;
            } else if (cursor.accept("CHARACTER", "SET") || cursor.accept("CHARSET") || cursor.accept("CHAR", "SET")) {
                add(Kind.CHARSET, lower());
            } else if (cursor.accept("COLLATE")) {
                cursor.acceptSymbol('=');
                add(Kind.COLLATE, lower());
            } else if (cursor.accept("ASCII")) {
                add(Kind.CHARSET, Token.word("latin1"));
            } else if (cursor.accept("UNICODE")) {
                add(Kind.CHARSET, Token.word("ucs2"));
            } else if (cursor.accept("BYTE")) {
                add(Kind.CHARSET, Token.word("binary"));
            } else if (cursor.accept("BINARY")) {
                add(Kind.COLLATE, Token.word("*bin"));
            } else {
                return cursor.accept("SIGNED");
            }
            return true;
        }

        private Token lower() {
            return Token.word(cursor.next().value().toLowerCase(Locale.ROOT));
        }

        private boolean keys() {
            if (cursor.accept("PRIMARY")) {
                cursor.accept("KEY");
                key = KeyPart.Kind.PRIMARY;
            } else if (cursor.accept("UNIQUE")) {
                cursor.accept("KEY");
                key = KeyPart.Kind.UNIQUE;
            } else if (cursor.accept("KEY")) {
                key = KeyPart.Kind.PRIMARY;
            } else if (cursor.peek().is("REFERENCES")) {
                constraints.add(elements.references("", "", List.of(name), false));
            } else if (cursor.peek().is("CONSTRAINT") || cursor.peek().is("CHECK")) {
                String constraint = cursor.accept("CONSTRAINT") && !cursor.peek().is("CHECK") ? elements.name() : "";
                if (!cursor.accept("CHECK")) {
                    throw ElementReader.unknown(cursor, "the constraint of column " + name);
                }
                constraints.add(elements.check(constraint));
            } else {
                return false;
            }
            return true;
        }

        private boolean attribute() {
            if (cursor.accept("NOT", "NULL")) {
                add(Kind.NULLABILITY, Token.word("NOT NULL"));
            } else if (cursor.accept("NULL")) {
                add(Kind.NULLABILITY, Token.word("NULL"));
            } else if (cursor.accept("SERIAL", "DEFAULT", "VALUE")) {
                add(Kind.NULLABILITY, Token.word("NOT NULL"));
                add(Kind.AUTO_INCREMENT);
                key = KeyPart.Kind.UNIQUE;
            } else if (cursor.accept("DEFAULT")) {
                add(Kind.DEFAULT, defaultValue().toArray(Token[]::new));
            } else if (cursor.accept("ON", "UPDATE")) {
                add(Kind.ON_UPDATE, defaultValue().toArray(Token[]::new));
            } else if (cursor.accept("AUTO_INCREMENT")) {
                add(Kind.AUTO_INCREMENT);
            } else if (cursor.accept("GENERATED", "ALWAYS", "AS") || cursor.accept("AS")) {
                generated();
            } else if (cursor.accept("COMMENT")) {
                comment(cursor.next());
            } else if (cursor.accept("INVISIBLE")) {
                add(Kind.INVISIBLE);
            } else {
                return cursor.accept("VISIBLE") || rare();
            }
            return true;
        }

        private void comment(Token text) {
            add(Kind.COMMENT, text);
            attributes.removeIf(a -> a.kind() == Kind.COMMENT && text.value().isEmpty());
        }

        private void generated() {
            if (cursor.accept("ROW")) {
                add(Kind.ROW_TIME, cursor.next());
                return;
            }
            List<Token> value = new ArrayList<>(cursor.group());
            boolean stored = cursor.accept("STORED") || cursor.accept("PERSISTENT");
            boolean _ = stored || cursor.accept("VIRTUAL");
            value.add(Token.SPACE);
            value.add(Token.word(stored ? "STORED" : "VIRTUAL"));
            add(Kind.GENERATED, value.toArray(Token[]::new));
        }

        private boolean rare() {
            if (cursor.accept("SRID") || cursor.accept("REF_SYSTEM_ID")) {
                cursor.acceptSymbol('=');
                add(Kind.SRID, cursor.next());
            } else if (cursor.accept("COMPRESSED")) {
                if (cursor.acceptSymbol('=')) {
                    cursor.next();
                }
                add(Kind.COMPRESSED, Token.word("COMPRESSED"));
            } else if (cursor.accept("WITHOUT", "SYSTEM", "VERSIONING")) {
                add(Kind.VERSIONING, Token.word("WITHOUT SYSTEM VERSIONING"));
            } else if (cursor.accept("WITH", "SYSTEM", "VERSIONING")) {
                add(Kind.VERSIONING, Token.word("WITH SYSTEM VERSIONING"));
            } else if (VALUES_OF_WORDS.contains(cursor.peek().text().toUpperCase(Locale.ROOT))) {
                attributes.add(new Attribute(Kind.OTHER, List.of(cursor.next(), Token.SPACE, cursor.next())));
            } else {
                return false;
            }
            return true;
        }
    }
}
