package io.opendts.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnServers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

class WriteLoadTest {

    @OnServers
    void writesEveryKindOfChangeAtTheAskedRate(DatabaseServer server) {
        WriteLoadOptions options = WriteLoadOptions.defaults("shop").withTables(2, 500);
        WriteLoad.prepare(server, options);
        try (WriteLoad load = WriteLoad.start(server, options)) {
            await(() -> load.counts().transactions() >= 600);
            WriteLoad.Counts counts = load.stop();
            System.out.printf("%s: %.0f transactions/s, %s%n", server, counts.transactions() / load.seconds(), counts);
            assertThat(counts.transactions() / load.seconds()).isBetween(50.0, 260.0);
            assertThat(counts.inserts()).isPositive();
            assertThat(counts.updates()).isPositive();
            assertThat(counts.deletes()).isPositive();
            assertThat(counts.keyChanges()).isPositive();
            try (Sql sql = server.sql("shop")) {
                assertThat(sql.number("select count(*) from sbtest1 where id < 0")).isPositive();
                assertThat(sql.number("select count(*) from journal where note = 'twin'")).isPositive();
                assertThat(sql.number("select count(*) from stock where item >= 1000")).isPositive();
            }
        }
    }

    @OnServers(ServerVersion.MARIADB_10_11)
    void goesOnAfterACrashOfTheServer(DatabaseServer server) {
        WriteLoadOptions options = WriteLoadOptions.defaults("shop").withTables(1, 100);
        WriteLoad.prepare(server, options);
        try (WriteLoad load = WriteLoad.start(server, options)) {
            await(() -> load.counts().transactions() >= 50);
            server.kill9();
            server.restart();
            long before = load.counts().transactions();
            await(() -> load.counts().transactions() >= before + 50);
            assertThat(load.stop().reconnects()).isEqualTo(options.threads());
        }
    }

    @OnPairs({@OnPairs.Pair(source = ServerVersion.MARIADB_10_11, target = ServerVersion.MARIADB_10_11),
        @OnPairs.Pair(source = ServerVersion.MYSQL_5_7, target = ServerVersion.MYSQL_8_0)})
    void pairsAreTwoServers(ServerPair pair) {
        assertThat(pair.source().port()).isNotEqualTo(pair.target().port());
        try (Sql source = pair.source().sql(); Sql target = pair.target().sql()) {
            assertThat(source.value("select @@server_id")).isNotEqualTo(target.value("select @@server_id"));
            assertThat(target.rows("show databases like 'shop'")).isEmpty();
        }
    }

    private static void await(BooleanSupplier condition) {
        long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time limit of 60 s").isLessThan(limit);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
