package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.ServerVersion;
import io.opendts.engines.mysql.schema.TableDefinition.Attribute;
import io.opendts.engines.mysql.schema.TableDefinition.Attribute.Kind;
import io.opendts.engines.mysql.schema.TableDefinition.ColumnPart;
import io.opendts.engines.mysql.schema.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Turns a column as it is written into the column that the server makes of it, in the words of SHOW CREATE TABLE; only that the
 * character set and the collation of texts always stand there. Pure.
 */
final class ColumnForm {

    /** Behind the type, where every server takes them in this order. */
    private static final List<Kind> ORDER = List.of(Kind.COMPRESSED, Kind.CHARSET, Kind.COLLATE, Kind.GENERATED, Kind.ROW_TIME,
            Kind.NULLABILITY, Kind.SRID, Kind.INVISIBLE, Kind.DEFAULT, Kind.ON_UPDATE, Kind.AUTO_INCREMENT, Kind.COMMENT, Kind.VERSIONING,
            Kind.CHECK, Kind.OTHER);

    /** A column that may be null can be without any default from here on. */
    private static final int MARIADB_NO_DEFAULT = 110400;

    private final ServerVersion server;
    private final boolean explicitTimestamps;
    private final DefaultLiteral literals;

    /** @param explicitTimestamps the server's explicit_defaults_for_timestamp */
    ColumnForm(ServerVersion server, boolean explicitTimestamps) {
        this.server = server;
        this.explicitTimestamps = explicitTimestamps;
        this.literals = new DefaultLiteral(server);
    }

    /** @param firstTimestamp whether no column of this type stands in front of it */
    ColumnPart of(WrittenColumn written, TableDefaults table, boolean firstTimestamp) {
        List<Attribute> attributes = new ArrayList<>(written.attributes());
        ColumnType type = ColumnType.of(written, table, server);
        attributes.removeIf(a -> a.kind() == Kind.CHARSET || a.kind() == Kind.COLLATE);
        type.charset().ifPresent(c -> attributes.add(word(Kind.CHARSET, c)));
        type.collation().ifPresent(c -> attributes.add(word(Kind.COLLATE, c)));
        type.check(written.name()).ifPresent(attributes::add);
        if (type.name().equals("timestamp") && !explicitTimestamps) {
            timestamp(attributes, type, firstTimestamp);
        }
        boolean generated = has(attributes, Kind.GENERATED);
        boolean primary = written.key().filter(k -> k.key().name().equals("PRIMARY")).isPresent();
        boolean notNull = primary || has(attributes, Kind.AUTO_INCREMENT) || says(attributes, Kind.NULLABILITY, "NOT NULL");
        if (has(attributes, Kind.ROW_TIME)) {
            attributes.removeIf(a -> a.kind() == Kind.NULLABILITY);
        } else {
            nullability(attributes, notNull, generated, type);
        }
        attributes.replaceAll(a -> a.kind() == Kind.DEFAULT || a.kind() == Kind.ON_UPDATE
                ? new Attribute(a.kind(), value(a.value(), type)) : a);
        return new ColumnPart(written.name(), type.tokens(), sorted(attributes));
    }

    static List<Attribute> sorted(List<Attribute> attributes) {
        return attributes.stream().sorted(Comparator.<Attribute>comparingInt(a -> ORDER.indexOf(a.kind()))
                .thenComparing(a -> Token.text(a.value()))).toList();
    }

    /** The same column, which no longer may be null. */
    static ColumnPart notNull(ColumnPart column) {
        List<Attribute> attributes = new ArrayList<>(column.attributes());
        attributes.removeIf(a -> a.kind() == Kind.NULLABILITY || a.kind() == Kind.DEFAULT && a.value().getFirst().is("NULL"));
        attributes.add(word(Kind.NULLABILITY, "NOT NULL"));
        return new ColumnPart(column.name(), column.type(), sorted(attributes));
    }

    /** Without its default, as ALTER COLUMN ... DROP DEFAULT leaves it. */
    List<Attribute> withoutDefault(ColumnPart column) {
        List<Attribute> attributes = new ArrayList<>(column.attributes());
        attributes.removeIf(a -> a.kind() == Kind.DEFAULT);
        boolean nullable = !says(attributes, Kind.NULLABILITY, "NOT NULL");
        if (nullable && server.mariaDb() && !server.mariaDbFrom(MARIADB_NO_DEFAULT)) {
            attributes.add(word(Kind.DEFAULT, "NULL"));
        }
        return sorted(attributes);
    }

    /** Servers write that a column may be null by its default. */
    private void nullability(List<Attribute> attributes, boolean notNull, boolean generated, ColumnType type) {
        attributes.removeIf(a -> a.kind() == Kind.NULLABILITY);
        if (notNull) {
            attributes.add(word(Kind.NULLABILITY, "NOT NULL"));
        } else {
            if (type.name().equals("timestamp")) {
                attributes.add(word(Kind.NULLABILITY, "NULL"));
            }
            boolean silent = generated || type.large() && !server.mariaDb();
            if (silent) {
                attributes.removeIf(a -> a.kind() == Kind.DEFAULT && a.value().getFirst().is("NULL"));
            } else if (!has(attributes, Kind.DEFAULT)) {
                attributes.add(word(Kind.DEFAULT, "NULL"));
            }
        }
    }

    /** Before explicit_defaults_for_timestamp: never null unless it says so, and the first one follows the clock. */
    private static void timestamp(List<Attribute> attributes, ColumnType type, boolean first) {
        if (says(attributes, Kind.NULLABILITY, "NULL")) {
            return;
        }
        boolean bare = !has(attributes, Kind.DEFAULT) && !has(attributes, Kind.ON_UPDATE);
        if (!says(attributes, Kind.NULLABILITY, "NOT NULL")) {
            attributes.add(word(Kind.NULLABILITY, "NOT NULL"));
        }
        String digits = Token.text(type.arguments());
        if (bare && first) {
            attributes.add(word(Kind.DEFAULT, "CURRENT_TIMESTAMP" + digits));
            attributes.add(word(Kind.ON_UPDATE, "CURRENT_TIMESTAMP" + digits));
        } else if (bare) {
            attributes.add(new Attribute(Kind.DEFAULT, List.of(new Token(Token.Kind.STRING, DefaultLiteral.zero(type)))));
        }
    }

    /** A default as the server prints it. */
    List<Token> value(List<Token> written, ColumnType type) {
        Token first = written.getFirst();
        String word = first.text().toUpperCase(Locale.ROOT);
        if (first.word() && (word.equals("NOW") || word.equals("CURRENT_TIMESTAMP") || word.equals("LOCALTIME")
                || word.equals("LOCALTIMESTAMP"))) {
            return List.of(now(Token.text(written.stream().skip(1).filter(t -> !t.blank()).toList())));
        }
        if (word.equals("TRUE") || word.equals("FALSE")) {
            return value(List.of(Token.word(word.equals("TRUE") ? "1" : "0")), type);
        }
        return literals.of(written, type);
    }

    private Token now(String digits) {
        boolean none = digits.isEmpty() || digits.equals("()") || digits.equals("(0)");
        return Token.word(server.mariaDb() ? "current_timestamp" + (none ? "()" : digits) : "CURRENT_TIMESTAMP" + (none ? "" : digits));
    }

    private static Attribute word(Kind kind, String word) {
        return new Attribute(kind, List.of(Token.word(word)));
    }

    private static boolean has(List<Attribute> attributes, Kind kind) {
        return attributes.stream().anyMatch(a -> a.kind() == kind);
    }

    private static boolean says(List<Attribute> attributes, Kind kind, String text) {
        return attributes.stream().anyMatch(a -> a.kind() == kind && Token.text(a.value()).equals(text));
    }
}
