package io.opendts.engines.mysql.schema;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.QueryResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A session over our own wire client. Failures of the connection itself pass through as the client raises them. */
public final class WireSession implements SqlSession {

    /** Building an index of a large table keeps the line silent for hours. */
    private static final int DDL_WAIT_MILLIS_MAX = 24 * 3600 * 1000;

    private final MySqlConnection connection;

    private WireSession(MySqlConnection connection) {
        this.connection = connection;
    }

    /** For reading a catalog. */
    public static WireSession reading(MySqlConnection connection) {
        return new WireSession(connection);
    }

    /** For making a schema: waits for long statements. */
    public static WireSession making(MySqlConnection connection) {
        connection.readTimeoutMillis(DDL_WAIT_MILLIS_MAX);
        return new WireSession(connection);
    }

    @Override
    public List<List<String>> query(String sql) {
        try {
            QueryResult result = connection.query(sql);
            List<List<String>> rows = new ArrayList<>(result.size());
            for (byte[][] row : result.rows()) {
                rows.add(Arrays.stream(row).map(v -> v == null ? null : new String(v, StandardCharsets.UTF_8)).toList());
            }
            return rows;
        } catch (MySqlServerError e) {
            throw new Refused(e.errno(), e.serverMessage());
        }
    }

    @Override
    public void execute(String sql) {
        try {
            connection.execute(sql);
        } catch (MySqlServerError e) {
            throw new Refused(e.errno(), e.serverMessage());
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
