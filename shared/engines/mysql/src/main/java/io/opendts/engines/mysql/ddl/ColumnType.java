package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.ServerVersion;
import io.opendts.engines.mysql.schema.TableDefinition.Attribute;
import io.opendts.engines.mysql.schema.TableDefinition.Attribute.Kind;
import io.opendts.engines.mysql.schema.TableDefinition.ColumnPart;
import io.opendts.engines.mysql.schema.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A type as the server prints it: one of its many names, default lengths filled in, texts of bytes turned into binary types.
 * dev.mysql.com "Data Types", mariadb.com "Data Types". Pure.
 *
 * @param arguments with their brackets, without blanks; empty for none
 * @param suffix    unsigned and zerofill, with a blank in front of each
 */
record ColumnType(String name, List<Token> arguments, String suffix, Optional<String> charset, Optional<String> collation,
                  boolean jsonOfMariaDb) {

    /** Servers forget the widths of integers from here on. */
    private static final int NO_WIDTHS = 80019;
    private static final int GEOMCOLLECTION = 80011;
    private static final long TINY = 255;
    private static final long PLAIN = 65_535;
    private static final long MEDIUM = 16_777_215;

    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(Map.entry("int1", "tinyint"), Map.entry("int2", "smallint"),
            Map.entry("int3", "mediumint"), Map.entry("middleint", "mediumint"), Map.entry("int4", "int"), Map.entry("integer", "int"),
            Map.entry("int8", "bigint"), Map.entry("bool", "tinyint"), Map.entry("boolean", "tinyint"), Map.entry("dec", "decimal"),
            Map.entry("numeric", "decimal"), Map.entry("fixed", "decimal"), Map.entry("number", "decimal"), Map.entry("real", "double"),
            Map.entry("float4", "float"), Map.entry("float8", "double"), Map.entry("character", "char"),
            Map.entry("varcharacter", "varchar"), Map.entry("geomcollection", "geometrycollection"));
    private static final Map<String, Integer> WIDTHS = Map.of("tinyint", 4, "smallint", 6, "mediumint", 9, "int", 11, "bigint", 20);
    private static final Set<String> TEXTS = Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set");
    private static final Map<String, String> OF_BYTES = Map.of("char", "binary", "varchar", "varbinary", "tinytext", "tinyblob",
            "text", "blob", "mediumtext", "mediumblob", "longtext", "longblob");
    private static final Set<String> NUMERIC = Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double");

    static ColumnType of(WrittenColumn written, TableDefaults table, ServerVersion server) {
        String name = OTHER_NAMES.getOrDefault(written.type(), written.type());
        if (name.equals("json") && server.mariaDb()) {
            return new ColumnType("longtext", List.of(), "", Optional.of("utf8mb4"), Optional.of("utf8mb4_bin"), true);
        }
        Optional<String> collation = written.attribute(Kind.COLLATE).map(a -> Token.text(a.value()));
        Optional<String> charset = written.attribute(Kind.CHARSET).map(a -> Token.text(a.value()));
        String resolved = charset.or(() -> collation.filter(c -> !c.equals("*bin")).flatMap(Charsets::ofCollation)).orElse(table.charset());
        boolean text = TEXTS.contains(name);
        if (text && resolved.equals("binary") && OF_BYTES.containsKey(name)) {
            return new ColumnType(sized(OF_BYTES.get(name), written.arguments(), 1), arguments(OF_BYTES.get(name), written, server), "",
                    Optional.empty(), Optional.empty(), false);
        }
        String sized = sized(name, written.arguments(), text ? Charsets.bytes(resolved) : 1);
        String sorted = collation.map(c -> c.equals("*bin") ? resolved + "_bin" : whole(c, resolved))
                .orElseGet(() -> charset.isPresent() ? Charsets.defaultCollation(resolved, server) : table.collation());
        return new ColumnType(named(sized, server), arguments(sized, written, server), suffix(written),
                text ? Optional.of(resolved) : Optional.empty(), text ? Optional.of(sorted) : Optional.empty(), false);
    }

    /** Of a column as it is printed. */
    static ColumnType of(ColumnPart column) {
        List<Token> tokens = column.type();
        List<Token> arguments = tokens.stream().skip(1).takeWhile(t -> !t.blank()).toList();
        String suffix = Token.text(tokens.stream().skip(1L + arguments.size()).toList());
        return new ColumnType(column.typeName(), arguments, suffix, column.attribute(Kind.CHARSET).map(a -> Token.text(a.value())),
                column.attribute(Kind.COLLATE).map(a -> Token.text(a.value())), false);
    }

    /** MariaDB takes a collation without its character set. */
    private static String whole(String collation, String charset) {
        return Charsets.ofCollation(collation).isPresent() ? collation : charset + "_" + collation;
    }

    private static String suffix(WrittenColumn written) {
        return (written.unsigned() ? " unsigned" : "") + (written.zerofill() ? " zerofill" : "");
    }

    private static String named(String name, ServerVersion server) {
        return name.equals("geometrycollection") && server.mySqlFrom(GEOMCOLLECTION) ? "geomcollection" : name;
    }

    /** The smallest type that holds a TEXT or BLOB of a length, and FLOAT by its bits. */
    private static String sized(String name, List<Token> arguments, int bytes) {
        if (arguments.size() != 3) {
            return name;
        }
        if (name.equals("float")) {
            return Integer.parseInt(arguments.get(1).text()) > 24 ? "double" : "float";
        }
        boolean text = name.equals("text");
        if (!text && !name.equals("blob")) {
            return name;
        }
        long length = Long.parseLong(arguments.get(1).text()) * bytes;
        return of(text ? "text" : "blob", length);
    }

    private static String of(String kind, long bytes) {
        return (bytes <= TINY ? "tiny" : bytes <= PLAIN ? "" : bytes <= MEDIUM ? "medium" : "long") + kind;
    }

    /** Servers take the bytes of labels for those of another character set. */
    static boolean spoilsLabels(ColumnPart column, String before, String after) {
        boolean labelled = column.typeName().equals("enum") || column.typeName().equals("set");
        boolean same = before.equals(after) || before.startsWith("utf8") && after.startsWith("utf8");
        return labelled && !same && Token.text(column.type()).chars().anyMatch(c -> c > '~');
    }

    /** What CONVERT TO makes of a TEXT type, so that as many characters fit as before. */
    static String grown(String name, int bytesBefore, int bytesAfter) {
        long room = switch (name) {
            case "tinytext" -> TINY;
            case "text" -> PLAIN;
            case "mediumtext" -> MEDIUM;
            default -> 0;
        };
        return room == 0 || bytesAfter <= bytesBefore ? name : of("text", room / bytesBefore * bytesAfter);
    }

    private static List<Token> arguments(String name, WrittenColumn written, ServerVersion server) {
        List<Token> given = written.arguments();
        return switch (name) {
            case "tinyint", "smallint", "mediumint", "int", "bigint" -> width(name, written, server);
            case "char", "binary", "bit" -> given.isEmpty() ? bracket("1") : given;
            case "decimal" -> given.isEmpty() ? bracket("10", "0") : given.size() == 3 ? bracket(given.get(1).text(), "0") : given;
            case "float", "double" -> given.size() == 3 ? List.of() : given;
            case "time", "datetime", "timestamp" -> given.size() == 3 && given.get(1).text().equals("0") ? List.of() : given;
            case "year" -> server.mySqlFrom(NO_WIDTHS) ? List.of() : bracket("4");
            case "vector" -> given.isEmpty() ? bracket("2048") : given;
            case "enum", "set" -> labels(given);
            case "tinytext", "text", "mediumtext", "longtext", "tinyblob", "blob", "mediumblob", "longblob" -> List.of();
            default -> given;
        };
    }

    private static List<Token> width(String name, WrittenColumn written, ServerVersion server) {
        boolean bool = written.type().startsWith("bool");
        List<Token> given = bool ? bracket("1") : written.arguments();
        boolean one = name.equals("tinyint") && Token.text(given).equals("(1)") && !written.unsigned();
        if (server.mySqlFrom(NO_WIDTHS) && !written.zerofill() && !one) {
            return List.of();
        }
        if (!given.isEmpty()) {
            return given;
        }
        int width = WIDTHS.get(name) - (written.unsigned() && !name.equals("bigint") ? 1 : 0);
        return bracket(Integer.toString(width));
    }

    /** Without the blanks at the end of each: servers forget them. */
    private static List<Token> labels(List<Token> given) {
        return given.stream().map(t -> t.kind() == Token.Kind.STRING ? new Token(Token.Kind.STRING, t.text().replaceAll(" +(['\"])$", "$1"))
                : t).toList();
    }

    private static List<Token> bracket(String... values) {
        List<Token> tokens = new ArrayList<>(List.of(new Token(Token.Kind.SYMBOL, "(")));
        for (String value : values) {
            if (tokens.size() > 1) {
                tokens.add(new Token(Token.Kind.SYMBOL, ","));
            }
            tokens.add(Token.word(value));
        }
        tokens.add(new Token(Token.Kind.SYMBOL, ")"));
        return tokens;
    }

    List<Token> tokens() {
        List<Token> tokens = new ArrayList<>(List.of(Token.word(name)));
        tokens.addAll(arguments);
        for (String word : suffix.strip().split(" ")) {
            if (!word.isEmpty()) {
                tokens.add(Token.SPACE);
                tokens.add(Token.word(word));
            }
        }
        return List.copyOf(tokens);
    }

    boolean numeric() {
        return NUMERIC.contains(name);
    }

    /** Of a type whose default MySQL prints only where it is an expression. */
    boolean large() {
        return name.endsWith("text") || name.endsWith("blob");
    }

    /** The same type for bytes; the type itself where it is none of texts. */
    static String ofBytes(String name) {
        return OF_BYTES.getOrDefault(name, name);
    }

    /** MariaDB's JSON is a text that checks itself. */
    Optional<Attribute> check(String column) {
        return jsonOfMariaDb ? Optional.of(new Attribute(Kind.CHECK, List.of(new Token(Token.Kind.SYMBOL, "("), Token.word("json_valid"),
                new Token(Token.Kind.SYMBOL, "("), Token.name(column), new Token(Token.Kind.SYMBOL, ")"),
                new Token(Token.Kind.SYMBOL, ")")))) : Optional.empty();
    }
}
