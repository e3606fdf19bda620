package io.opendts.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseServerTest {

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void keepsItsDataOverRestartAndCrash(ServerVersion version) {
        long started = System.nanoTime();
        try (DatabaseServer server = DatabaseServer.start(version)) {
            System.out.printf("%s started in %d ms%n", version, (System.nanoTime() - started) / 1_000_000);
            try (Sql sql = server.sql()) {
                System.out.println(sql.value("select version()"));
                sql.execute("create database shop", "create table shop.orders (id int primary key, note varchar(20)) engine=InnoDB",
                        "insert into shop.orders values (1, 'first')");
            }
            long restarted = System.nanoTime();
            server.restart();
            System.out.printf("%s restarted in %d ms%n", version, (System.nanoTime() - restarted) / 1_000_000);
            try (Sql sql = server.sql("shop")) {
                sql.execute("insert into orders values (2, 'second')");
            }
            server.kill9();
            assertThat(server.isRunning()).isFalse();
            restarted = System.nanoTime();
            server.restart();
            System.out.printf("%s recovered in %d ms%n", version, (System.nanoTime() - restarted) / 1_000_000);
            try (Sql sql = server.sql("shop")) {
                assertThat(sql.rows("select * from orders order by id")).containsExactly(List.of("1", "first"), List.of("2", "second"));
            }
        }
    }
}
