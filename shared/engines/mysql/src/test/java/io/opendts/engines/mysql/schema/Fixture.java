package io.opendts.engines.mysql.schema;

import io.opendts.engines.mysql.TestServers;
import io.opendts.engines.mysql.wire.ConnectSettings;
import io.opendts.engines.mysql.wire.MySqlConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A real server for schema tests, and the statements that fill it. */
final class Fixture {

    private Fixture() {}

    static String resource(String name) {
        try (InputStream in = Fixture.class.getResourceAsStream("/schema/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A running server, empty but for what tests make. */
    static SqlSession.Supplier server(io.opendts.testkit.ServerVersion version) {
        ConnectSettings root = TestServers.root(version);
        return () -> WireSession.making(MySqlConnection.open(root), MySqlConnection::close);
    }

    /** A database made anew from files of statements, each ended by two semicolons. */
    static void fill(SqlSession.Supplier server, String database, List<String> files) {
        try (SqlSession session = server.open()) {
            session.execute("SET SESSION sql_mode='', time_zone='+00:00'");
            session.execute("DROP DATABASE IF EXISTS " + SqlNames.quote(database));
            session.execute("CREATE DATABASE " + SqlNames.quote(database) + " CHARACTER SET utf8mb4");
            session.execute("USE " + SqlNames.quote(database));
            for (String file : files) {
                for (String statement : resource(file).split(";;\n")) {
                    session.execute(statement);
                }
            }
        }
    }

    static void drop(SqlSession.Supplier server, String database) {
        try (SqlSession session = server.open()) {
            session.execute("DROP DATABASE IF EXISTS " + SqlNames.quote(database));
        }
    }
}
