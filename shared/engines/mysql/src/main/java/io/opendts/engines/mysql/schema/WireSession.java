package io.opendts.engines.mysql.schema;

import io.opendts.engines.mysql.wire.Errno;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.QueryResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A session over our own wire client. Failures of the connection itself pass through as the client raises them. */
public final class WireSession implements SqlSession {

    /** Building an index of a large table keeps the line silent for hours. */
    private static final int DDL_WAIT_MILLIS_MAX = 24 * 3600 * 1000;

    private final MySqlConnection connection;

    private final Consumer<MySqlConnection> closer;

    private WireSession(MySqlConnection connection, Consumer<MySqlConnection> closer) {
        this.connection = connection;
        this.closer = closer;
    }

    /** For reading a catalog; {@code closer} ends the connection. */
    public static WireSession reading(MySqlConnection connection, Consumer<MySqlConnection> closer) {
        return new WireSession(connection, closer);
    }

    /** For making a schema: waits for long statements. */
    public static WireSession making(MySqlConnection connection, Consumer<MySqlConnection> closer) {
        connection.readTimeoutMillis(DDL_WAIT_MILLIS_MAX);
        return new WireSession(connection, closer);
    }

    /** What may pass when tried again stays the client's error: the caller turns it into a retryable one. */
    private static RuntimeException refusal(MySqlServerError error) {
        return Errno.retryable(error.errno()) ? error : new Refused(error.errno(), error.serverMessage());
    }

    @Override
    public List<List<String>> query(String sql) {
        try {
            QueryResult result = connection.query(sql);
            List<List<String>> rows = new ArrayList<>(result.size());
            for (byte[][] row : result.rows()) {
                rows.add(Arrays.asList(Arrays.stream(row).map(WireSession::text).toArray(String[]::new)));
            }
            return rows;
        } catch (MySqlServerError e) {
            throw refusal(e);
        }
    }

    private static String text(byte[] value) {
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    @Override
    public void execute(String sql) {
        try {
            connection.execute(sql);
        } catch (MySqlServerError e) {
            throw refusal(e);
        }
    }

    @Override
    public void close() {
        closer.accept(connection);
    }
}
