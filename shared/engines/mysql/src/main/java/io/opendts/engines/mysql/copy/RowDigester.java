package io.opendts.engines.mysql.copy;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.engines.mysql.wire.SqlBytes;
import io.opendts.model.Chunk;
import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.Digester;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Checksums on the server. Each row is hashed by SHA-256 over its values, each with its length in front, NULL told apart; the
 * sum of the first 64 bits over all rows does not depend on their order, and two equal rows do not cancel each other as
 * they would in an exclusive or. More bits would cost
 * hashing every row once more: servers do not keep the value of a common expression.
 *
 * <p>The expression is the same on all servers. What prints differently, and so can give different digests for equal rows
 * between MySQL and MariaDB: JSON (MySQL normalizes, MariaDB keeps the text it was given), a negative zero in FLOAT and
 * DOUBLE (MariaDB prints 0). TIMESTAMP is alike since every session is in UTC.
 */
public final class RowDigester implements Digester {

    /** Long values enter by their own hash: CONCAT gives NULL beyond max_allowed_packet, which is 1 MiB at the least. */
    private static final Set<String> LONG_TYPES = Set.of("text", "mediumtext", "longtext", "blob", "mediumblob", "longblob");

    private final Supplier<MySqlConnection> connections;

    public RowDigester(Supplier<MySqlConnection> connections) {
        this.connections = connections;
    }

    /** On a source, of a route that renames nothing; or on a target, of the table as the target's catalog has it. */
    @Override
    public Digest digest(Chunk chunk, Table table, Relation relation, Optional<String> filter) {
        return digest(chunk, table, table.id(), relation.columns(), KeyRange.of(table, relation.columns()),
                ChunkReader.condition(filter, table));
    }

    /** On a source, under the source's names. */
    public Digest digestSource(Chunk chunk, Table table, Route route) {
        List<Column> carried = route.carried(table);
        return digest(chunk, table, table.id(), carried, KeyRange.of(table, carried), ChunkReader.condition(route.filter(), table));
    }

    /** On a target, under the target's names, of the rows that a chunk of the source's table has brought there. */
    public Digest digestTarget(Chunk chunk, Table sourceTable, Route route, Relation relation) {
        List<Column> carried = route.carried(sourceTable);
        Optional<KeyRange> key = KeyRange.of(sourceTable, carried).map(k -> new KeyRange("",
                k.columns().stream().map(c -> c.named(route.targetName(c.name()))).toList()));
        return digest(chunk, sourceTable, relation.target(), relation.columns(), key, Optional.empty());
    }

    private Digest digest(Chunk chunk, Table table, TableId from, List<Column> columns, Optional<KeyRange> key, Optional<String> filter) {
        String sql = "SELECT COUNT(*),SUM(CAST(CONV(LEFT(" + hash(row(columns)) + ",16),16,10) AS UNSIGNED)) FROM "
                + SqlBytes.quoted(from.database()) + "." + SqlBytes.quoted(from.name())
                + ChunkReader.where(key.flatMap(k -> k.condition(chunk)), filter);
        return SourceErrors.guarded("computing the checksum of chunk " + chunk.number() + " of " + table.id(), () -> {
            try (MySqlConnection connection = connections.get()) {
                ReadSession.prepare(connection);
                QueryResult result = connection.query(sql);
                return new Digest(Long.parseLong(result.text(0, 0)), Optional.ofNullable(result.text(0, 1)).orElse("0"));
            }
        });
    }

    /** Not MD5, which MySQL 9.6 took out of the server. */
    private static String hash(String value) {
        return "SHA2(" + value + ",256)";
    }

    private static String row(List<Column> columns) {
        List<String> parts = new ArrayList<>();
        for (Column column : columns) {
            String value = value(column);
            parts.add("IFNULL(CONCAT(LENGTH(" + value + "),':'," + value + "),'N')");
        }
        return "CONCAT(" + String.join(",", parts) + ")";
    }

    private static String value(Column column) {
        String name = SqlBytes.quoted(column.name());
        return switch (column.kind()) {
            case INTEGER, DECIMAL, DATE, TIME, DATETIME, TIMESTAMP, YEAR, UUID, INET -> "CAST(" + name + " AS CHAR)";
            case FLOAT, DOUBLE -> "CAST(" + name + (ChunkReader.printsShort(column) ? "*1e0" : "") + " AS CHAR)";
            case BIT -> "CAST(" + name + "+0 AS CHAR)";
            case JSON -> hash("CONVERT(" + name + " USING utf8mb4)");
            case GEOMETRY, VECTOR -> hash(name);
            case TEXT, BYTES -> isLong(column) ? hash(bytes(column, name)) : bytes(column, name);
            case ENUM, SET -> bytes(column, name);
        };
    }

    private static String bytes(Column column, String name) {
        return column.kind() == ColumnKind.BYTES ? name : "CAST(" + name + " AS BINARY)";
    }

    private static boolean isLong(Column column) {
        String type = column.nativeType().toLowerCase(Locale.ROOT);
        int end = 0;
        while (end < type.length() && Character.isLetter(type.charAt(end))) {
            end++;
        }
        return LONG_TYPES.contains(type.substring(0, end));
    }
}
