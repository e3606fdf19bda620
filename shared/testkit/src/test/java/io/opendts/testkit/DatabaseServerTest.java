package io.opendts.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.testkit.junit.OnServers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
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

    @OnServers
    void isASourceAsOpenDtsWantsIt(DatabaseServer server) {
        try (Sql sql = server.sql()) {
            assertThat(sql.value("select @@log_bin")).isEqualTo("1");
            assertThat(sql.value("select @@binlog_format")).isEqualTo("ROW");
            assertThat(sql.value("select @@binlog_row_image")).isEqualTo("FULL");
            if (server.version().isMySql()) {
                assertThat(sql.value("select @@gtid_mode")).isEqualTo("ON");
            }
            assertThat(sql.value("select version()")).startsWith(server.version().major() + "." + server.version().minor() + ".");
        }
    }

    @OnServers
    void newAccountsUseTheServersOwnAuthentication(DatabaseServer server) {
        server.createUser("reader", "s3'cret", "select, replication slave on *.*");
        try (Sql sql = server.sql()) {
            boolean modern = server.version().isMySql() && server.version().major() >= 8;
            String expected = modern ? "caching_sha2_password" : "mysql_native_password";
            assertThat(sql.value("select plugin from mysql.user where user = 'reader'")).isEqualTo(expected);
            sql.execute("drop user reader");
        }
    }

    @OnServers(ServerVersion.MARIADB_10_11)
    void aGivenDataFolderIsKeptAndUsedAgain(DatabaseServer unused, @TempDir Path folder) {
        ServerOptions options = ServerOptions.defaults().withDataFolder(folder.resolve("data")).withoutBinlog().withBufferPoolMiB(16);
        try (DatabaseServer server = DatabaseServer.start(ServerVersion.MARIADB_10_11, options); Sql sql = server.sql()) {
            assertThat(sql.value("select @@log_bin")).isEqualTo("0");
            sql.execute("create database kept");
        }
        try (DatabaseServer server = DatabaseServer.start(ServerVersion.MARIADB_10_11, options); Sql sql = server.sql()) {
            assertThat(sql.rows("show databases like 'kept'")).hasSize(1);
        }
    }

    @OnServers(ServerVersion.MARIADB_10_11)
    void aServerThatCannotStartShowsItsLog(DatabaseServer unused) {
        ServerOptions wrong = ServerOptions.defaults().withArguments("--no-such-option=1");
        assertThatThrownBy(() -> DatabaseServer.start(ServerVersion.MARIADB_10_11, wrong))
                .isInstanceOf(ServerFailedException.class)
                .hasMessageContaining("MariaDB 10.11").hasMessageContaining("no-such-option");
    }
}
