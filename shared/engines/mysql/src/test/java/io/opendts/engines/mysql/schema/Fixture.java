package io.opendts.engines.mysql.schema;

import io.opendts.engines.mysql.wire.ConnectSettings;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.model.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

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

    /**
     * A running server, empty but for what tests make, with a root user without password.
     *
     * @param name mysql57, mysql80, mysql97, mariadb1011 or mariadb114; its port is in the system property opendts.test.NAME.port
     */
    static SqlSession.Supplier server(String name) {
        Integer port = Integer.getInteger("opendts.test." + name + ".port");
        Assumptions.assumeTrue(port != null, () -> "server " + name + " not given: set -Dopendts.test." + name + ".port");
        return () -> WireSession.making(MySqlConnection.open(ConnectSettings.of("127.0.0.1", port, "root", new Secret(""))),
                MySqlConnection::close);
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
