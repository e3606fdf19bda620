package io.opendts.engines.mysql.schema;

import io.opendts.engines.mysql.schema.TableDefinition.Attribute;
import io.opendts.engines.mysql.schema.TableDefinition.ColumnPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes one column for a target; the order of its attributes stays as the source printed it. */
final class ColumnRenderer {

    private static final Set<String> INTEGERS = Set.of("tinyint", "smallint", "mediumint", "int", "bigint");
    private static final Set<String> WITHOUT_LITERAL_DEFAULT = Set.of("tinytext", "text", "mediumtext", "longtext", "tinyblob", "blob",
            "mediumblob", "longblob", "json", "geometry", "point", "linestring", "polygon", "multipoint", "multilinestring",
            "multipolygon", "geometrycollection", "geomcollection");
    /** MariaDB's own types, as the text that the source prints for them. */
    private static final Map<String, String> MARIADB_TYPES = Map.of(
            "uuid", "char(36) CHARACTER SET ascii COLLATE ascii_general_ci",
            "inet4", "varchar(15) CHARACTER SET ascii COLLATE ascii_general_ci",
            "inet6", "varchar(39) CHARACTER SET ascii COLLATE ascii_general_ci");

    private static final int MYSQL_SCALE_MAX = 30;
    private static final Pattern SCALE = Pattern.compile(",\\s*(\\d+)\\)");

    private final Dialect dialect;
    private final Map<String, String> names;

    ColumnRenderer(Dialect dialect, Map<String, String> names) {
        this.dialect = dialect;
        this.names = names;
    }

    /** @param object the column's whole name, for findings */
    String render(String object, ColumnPart column, boolean keepAutoIncrement) {
        StringBuilder out = new StringBuilder(SqlNames.quote(names.getOrDefault(column.name(), column.name())));
        out.append(' ').append(type(object, column));
        if (dialect.toMariaDb()) {
            column.attribute(Attribute.Kind.SRID).ifPresent(srid -> out.append(" REF_SYSTEM_ID=").append(Token.text(srid.value())));
        }
        boolean collated = column.attribute(Attribute.Kind.COLLATE).isPresent();
        boolean generated = column.attribute(Attribute.Kind.GENERATED).isPresent();
        for (Attribute attribute : column.attributes()) {
            if (attribute.kind() == Attribute.Kind.AUTO_INCREMENT && !keepAutoIncrement) {
                dialect.findings().note(object, "AUTO_INCREMENT is left out: no key of the target starts with the column");
                continue;
            }
            attribute(object, column, attribute, collated, generated).ifPresent(text -> out.append(' ').append(text));
        }
        return out.toString();
    }

    private String type(String object, ColumnPart column) {
        String name = column.typeName();
        String text = Token.text(column.type());
        ServerVersion target = dialect.target().version();
        if (name.equals("vector") && !target.mySqlFrom(Dialect.MYSQL_VECTOR) && !target.mariaDbFrom(Dialect.MARIADB_VECTOR)) {
            dialect.findings().problem(object, "type " + text + " is unknown to " + target);
        }
        if (name.equals("decimal") && !dialect.toMariaDb() && scale(text) > MYSQL_SCALE_MAX) {
            dialect.findings().problem(object, "type " + text + " has more than " + MYSQL_SCALE_MAX + " digits behind the point");
        }
        if (name.equals("geomcollection") && !target.mySqlFrom(80000)) {
            return "geometrycollection";
        }
        if (!dialect.toMariaDb() && dialect.source().mariaDb()) {
            String replaced = MARIADB_TYPES.get(name);
            if (replaced != null) {
                dialect.findings().note(object, "type " + name + " becomes " + replaced);
                return replaced;
            }
        }
        if (target.mySqlFrom(80019) && column.type().size() > 1) {
            boolean integer = INTEGERS.contains(name) && !text.toLowerCase(Locale.ROOT).contains("zerofill")
                    && !text.startsWith("tinyint(1)");
            if (integer || name.equals("year")) {
                return text.replaceFirst("\\(\\d+\\)", "");
            }
        }
        return text;
    }

    private static int scale(String decimal) {
        Matcher digits = SCALE.matcher(decimal);
        return digits.find() ? Integer.parseInt(digits.group(1)) : 0;
    }

    private Optional<String> attribute(String object, ColumnPart column, Attribute attribute, boolean collated, boolean generated) {
        String value = Token.text(attribute.value());
        return switch (attribute.kind()) {
            case CHARSET -> Optional.of("CHARACTER SET " + dialect.charset(object, value) + (collated ? ""
                    : Collations.printedDefault(value, dialect.source()).map(c -> " COLLATE " + dialect.collation(object, c)).orElse("")));
            case COLLATE -> Optional.of("COLLATE " + dialect.collation(object, value));
            case NULLABILITY -> generated && dialect.toMariaDb() ? withoutNullability(object, value) : Optional.of(value);
            case DEFAULT -> defaultValue(object, column, attribute);
            case ON_UPDATE -> Optional.of("ON UPDATE " + value);
            case AUTO_INCREMENT -> Optional.of("AUTO_INCREMENT");
            case GENERATED -> Optional.of("GENERATED ALWAYS AS " + Token.text(dialect.expression(object, attribute.value(), names)));
            case ROW_TIME -> Optional.of("GENERATED ALWAYS AS ROW " + value);
            case COMMENT -> Optional.of("COMMENT " + value);
            case INVISIBLE -> invisible(object);
            case CHECK -> Optional.of("CHECK " + Token.text(dialect.expression(object, attribute.value(), names)));
            case SRID -> srid(object, value);
            case COMPRESSED, VERSIONING -> dialect.toMariaDb() ? Optional.of(value) : dropped(object, value);
            case OTHER -> dialect.sameFamily() ? Optional.of(value) : dropped(object, value);
        };
    }

    private Optional<String> withoutNullability(String object, String value) {
        return value.equals("NULL") ? Optional.empty() : dropped(object, "NOT NULL of a generated column");
    }

    private Optional<String> dropped(String object, String what) {
        dialect.findings().note(object, what + " is left out: unknown to " + dialect.target().version());
        return Optional.empty();
    }

    private Optional<String> invisible(String object) {
        ServerVersion target = dialect.target().version();
        boolean known = target.mySqlFrom(Dialect.MYSQL_INVISIBLE_COLUMNS) || target.mariaDbFrom(Dialect.MARIADB_INVISIBLE_COLUMNS);
        return known ? Optional.of("INVISIBLE") : dropped(object, "INVISIBLE");
    }

    /** On MariaDB it belongs to the type and has been written there. */
    private Optional<String> srid(String object, String value) {
        if (dialect.toMariaDb()) {
            return Optional.empty();
        }
        return dialect.target().version().mySqlFrom(80003) ? Optional.of("SRID " + value) : dropped(object, "SRID " + value);
    }

    private Optional<String> defaultValue(String object, ColumnPart column, Attribute attribute) {
        List<Token> tokens = attribute.value();
        String text = Token.text(dialect.expression(object, tokens, names));
        boolean nothing = tokens.size() == 1 && tokens.getFirst().is("NULL");
        boolean literal = nothing || literal(tokens);
        boolean now = isNow(tokens);
        if (literal && !nothing && WITHOUT_LITERAL_DEFAULT.contains(column.typeName()) && !dialect.toMariaDb()) {
            return expressionDefault(object, text);
        }
        if (literal || now) {
            return Optional.of("DEFAULT " + text);
        }
        if (!dialect.toMariaDb() && tokens.getFirst().is("nextval")) {
            dialect.findings().problem(object, "DEFAULT " + text + " needs a sequence, which MySQL has not");
            return Optional.empty();
        }
        return expressionDefault(object, text.startsWith("(") ? text.substring(1, text.length() - 1) : text);
    }

    private Optional<String> expressionDefault(String object, String expression) {
        if (!dialect.hasExpressions()) {
            dialect.findings().problem(object,
                    "DEFAULT (" + expression + ") is an expression, which " + dialect.target().version() + " refuses");
            return Optional.empty();
        }
        return Optional.of("DEFAULT (" + expression + ")");
    }

    private static boolean literal(List<Token> tokens) {
        List<Token> rest = new ArrayList<>(tokens);
        if (rest.getFirst().symbol('-') || rest.getFirst().symbol('+')) {
            rest.removeFirst();
        }
        if (rest.stream().anyMatch(t -> t.symbol('('))) {
            return false;
        }
        Token first = rest.getFirst();
        return rest.getLast().kind() == Token.Kind.STRING || first.word() && Character.isDigit(first.text().charAt(0))
                || first.is("TRUE") || first.is("FALSE");
    }

    private static boolean isNow(List<Token> tokens) {
        String first = tokens.getFirst().text().toLowerCase(Locale.ROOT);
        return first.equals("current_timestamp") || first.equals("now") || first.equals("localtimestamp");
    }
}
