package io.opendts.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    @Test
    void keepsItsDataOverRestartAndCrash() {
        try (PostgresServer server = PostgresServer.start()) {
            server.createDatabase("dts");
            try (Sql sql = server.sql("dts")) {
                System.out.println(sql.value("select version()"));
                sql.execute("create table orders (id int primary key)", "insert into orders values (1)");
                server.restart();
            }
            try (Sql sql = server.sql("dts")) {
                sql.execute("insert into orders values (2)");
                server.kill9();
                assertThat(server.isRunning()).isFalse();
                server.restart();
            }
            try (Sql sql = server.sql("dts")) {
                assertThat(sql.rows("select id from orders order by id")).containsExactly(List.of("1"), List.of("2"));
            }
        }
    }

    @Test
    void isRunByAnotherProcessFromItsCommandLine(@TempDir Path folder) throws Exception {
        int port = FreePort.find();
        for (int run = 0; run < 2; run++) {
            ServerCommand command = PostgresServer.prepare(folder, port);
            ProcessBuilder builder = new ProcessBuilder(command.words()).directory(command.folder().toFile()).redirectErrorStream(true)
                    .redirectOutput(command.log().toFile());
            builder.environment().putAll(command.environment());
            Process process = builder.start();
            try {
                long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                while (!PostgresServer.answers(port)) {
                    assertThat(System.nanoTime()).as("time limit of 30 s").isLessThan(limit);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
                PostgresServer.createDatabase(port, "state");
                PostgresServer.createDatabase(port, "state");
                Command.of(folder, "kill", "-" + command.stopSignal(), Long.toString(process.pid())).require("stopping it", 10);
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
