package io.opendts.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs SQL for tests through MariaDB's or PostgreSQL's JDBC driver, clients that share no code with OpenDTS. One session, autocommit,
 * time zone UTC. One thread at a time.
 */
public final class Sql implements AutoCloseable {

    static {
        // The driver prints every error of the server to the console, also those that the caller expects and handles.
        System.setProperty("mariadb.logging.disable", "true");
    }

    private final Connection connection;

    private Sql(Connection connection) {
        this.connection = connection;
    }

    /** @param connection closed with this */
    static Sql on(Connection connection) {
        return new Sql(connection);
    }

    static Sql open(DatabaseServer server, String database) {
        try {
            return new Sql(connect(server, database));
        } catch (SQLException e) {
            throw new SqlFailedException("cannot connect to " + server, e);
        }
    }

    /** A plain JDBC connection as root; an empty {@code database} means none. */
    public static Connection connect(DatabaseServer server, String database) throws SQLException {
        return DriverManager.getConnection("jdbc:mariadb://" + server.host() + ":" + server.port() + "/" + database
                + "?sslMode=disable&allowPublicKeyRetrieval=true&connectTimeout=5000&allowMultiQueries=false&timezone=UTC",
                server.user(), server.password());
    }

    public Connection connection() {
        return connection;
    }

    public Sql execute(String... statements) {
        for (String text : statements) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(text);
            } catch (SQLException e) {
                throw new SqlFailedException(shortened(text), e);
            }
        }
        return this;
    }

    /** Runs a script as a command line client does: statements end with a semicolon at the end of a line, or as DELIMITER says. */
    public Sql script(String text) {
        return execute(SqlScript.statements(text).toArray(String[]::new));
    }

    public Sql script(Path file) {
        try {
            return script(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every row as the driver's strings; NULL is null. */
    public List<List<String>> rows(String query) {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>(columns);
                for (int column = 1; column <= columns; column++) {
                    row.add(result.getString(column));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new SqlFailedException(shortened(query), e);
        }
    }

    /** The first column of the first row, which must be there. */
    public String value(String query) {
        List<List<String>> rows = rows(query);
        if (rows.isEmpty()) {
            throw new IllegalStateException("no row: " + shortened(query));
        }
        return rows.getFirst().getFirst();
    }

    public long number(String query) {
        return Long.parseLong(value(query));
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new SqlFailedException("closing the connection", e);
        }
    }
}
