package io.opendts.engines.mysql.schema;

import io.opendts.engines.mysql.schema.TableDefinition.Attribute;
import io.opendts.engines.mysql.schema.TableDefinition.Attribute.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads what follows a column's type, one attribute after the other, in any order. */
public final class ColumnAttributes {

    private ColumnAttributes() {}

    static Attribute next(TokenCursor cursor) {
        if (cursor.accept("CHARACTER", "SET")) {
            return new Attribute(Kind.CHARSET, List.of(cursor.next()));
        }
        if (cursor.accept("COLLATE")) {
            return new Attribute(Kind.COLLATE, List.of(cursor.next()));
        }
        if (cursor.accept("NOT", "NULL")) {
            return new Attribute(Kind.NULLABILITY, List.of(Token.word("NOT NULL")));
        }
        if (cursor.accept("NULL")) {
            return new Attribute(Kind.NULLABILITY, List.of(Token.word("NULL")));
        }
        if (cursor.accept("DEFAULT")) {
            return new Attribute(Kind.DEFAULT, cursor.value());
        }
        if (cursor.accept("ON", "UPDATE")) {
            return new Attribute(Kind.ON_UPDATE, cursor.value());
        }
        if (cursor.accept("AUTO_INCREMENT")) {
            return new Attribute(Kind.AUTO_INCREMENT, List.of());
        }
        if (cursor.accept("GENERATED", "ALWAYS", "AS") || cursor.accept("AS")) {
            return generated(cursor);
        }
        if (cursor.accept("COMMENT")) {
            return new Attribute(Kind.COMMENT, List.of(cursor.next()));
        }
        return rare(cursor);
    }

    private static Attribute generated(TokenCursor cursor) {
        if (cursor.accept("ROW")) {
            return new Attribute(Kind.ROW_TIME, List.of(cursor.next()));
        }
        List<Token> value = new ArrayList<>(cursor.group());
        if (cursor.peek().is("STORED") || cursor.peek().is("VIRTUAL") || cursor.peek().is("PERSISTENT")) {
            value.add(Token.SPACE);
            Token stored = cursor.next();
            value.add(stored.is("PERSISTENT") ? Token.word("STORED") : stored);
        }
        return new Attribute(Kind.GENERATED, List.copyOf(value));
    }

    private static Attribute rare(TokenCursor cursor) {
        if (cursor.accept("INVISIBLE")) {
            return new Attribute(Kind.INVISIBLE, List.of());
        }
        if (cursor.accept("CHECK")) {
            return new Attribute(Kind.CHECK, cursor.group());
        }
        if (cursor.accept("SRID")) {
            return new Attribute(Kind.SRID, List.of(cursor.next()));
        }
        if (cursor.accept("WITHOUT", "SYSTEM", "VERSIONING")) {
            return new Attribute(Kind.VERSIONING, List.of(Token.word("WITHOUT SYSTEM VERSIONING")));
        }
        if (cursor.accept("WITH", "SYSTEM", "VERSIONING")) {
            return new Attribute(Kind.VERSIONING, List.of(Token.word("WITH SYSTEM VERSIONING")));
        }
        if (cursor.peek().is("COMPRESSED")) {
            return new Attribute(Kind.COMPRESSED, cursor.value());
        }
        List<Token> value = new ArrayList<>(cursor.value());
        if (cursor.acceptSymbol('=')) {
            value.add(Token.word("="));
            value.addAll(cursor.value());
        } else if (value.stream().noneMatch(t -> t.symbol('='))) {
            value.add(Token.SPACE);
            value.addAll(cursor.value());
        }
        return new Attribute(Kind.OTHER, List.copyOf(value));
    }
}
