package io.opendts.engines.mysql.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.model.Checkpoint;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Row;
import io.opendts.model.RowBuilder;
import io.opendts.model.Table;
import io.opendts.spi.Applier.Step;
import io.opendts.spi.ConflictException;
import io.opendts.testkit.ServerVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Strict steps find out what is not as it should be; the checkpoint and its rows are one. */
class ApplyTest {

    private static Row row(String... values) {
        RowBuilder builder = new RowBuilder();
        for (String value : values) {
            if (value == null) {
                builder.addNull();
            } else {
                builder.addAscii(value);
            }
        }
        return builder.build();
    }

    private static Checkpoint at(long epoch, long sequence) {
        return new Checkpoint(new Position("bin.000001:" + sequence), epoch, sequence);
    }

    private static Relation table(Bed bed, String definition) {
        bed.progress.forget();
        bed.progress.ensureProgress();
        bed.run("DROP DATABASE IF EXISTS al", "CREATE DATABASE al", "CREATE TABLE al.t(" + definition + ")");
        Table table = bed.table("al", "t");
        return Bed.relation(1, table, "al");
    }

    private static String content(Bed bed) {
        return bed.one("SELECT GROUP_CONCAT(CONCAT_WS(':',a,b) ORDER BY a,HEX(b)) FROM al.t");
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void strictStepsMeetWhatTheSourceHad(ServerVersion server) {
        Bed bed = new Bed(server, "strict");
        Relation t = table(bed, "a INT PRIMARY KEY, b VARCHAR(10)");
        bed.run("INSERT INTO al.t VALUES (1,'x'),(2,'y'),(3,'z')");
        List<Step> conflicts = List.of(
                new Step.DeleteRows(t, List.of(row("1", null), row("9", null)), true),
                new Step.InsertRows(t, List.of(row("4", "n"), row("2", "n")), true),
                new Step.UpdateRows(t, List.of(row("1", "n"), row("8", "n")), true),
                new Step.UpdateRows(t, List.of(row("8", "n")), true),
                new Step.UpdateOne(t, row("7", "x"), row("7", "n"), true),
                new Step.UpdateOne(t, row("1", "x"), row("2", "n"), true),
                new Step.DeleteOne(t, row("7", "x"), true));
        for (Step step : conflicts) {
            try (MySqlApplier applier = bed.applier(true)) {
                assertThatThrownBy(() -> applier.write(List.of(new Step.DeleteRows(t, List.of(row("3", null)), true), step)))
                        .as(step.toString()).isInstanceOf(ConflictException.class).hasMessageContaining("al.t");
            }
            assertThat(content(bed)).as(step.toString()).isEqualTo("1:x,2:y,3:z");
        }
        try (MySqlApplier applier = bed.applier(true)) {
            applier.write(List.of(
                    new Step.DeleteRows(t, List.of(row("3", null)), true),
                    new Step.InsertRows(t, List.of(row("4", "n"), row("5", null)), true),
                    // the first is as it is there already: that is no conflict
                    new Step.UpdateRows(t, List.of(row("1", "x"), row("2", "n")), true),
                    new Step.UpdateRows(t, List.of(row("1", "x")), true),
                    new Step.UpdateOne(t, row("4", "n"), row("6", "m"), true)));
            assertThat(content(bed)).isEqualTo("1:x,2:y,3:z");
            applier.commit(at(1, 1));
        }
        assertThat(content(bed)).isEqualTo("1:x,2:n,5,6:m");
        assertThat(bed.progress.checkpoint()).contains(at(1, 1));
    }

    /** Both rows are in the way of some row, but 9 is in the way of 2 by its unique value only. */
    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void anUpdateNeverChangesAnotherRow(ServerVersion server) {
        Bed bed = new Bed(server, "other-row");
        Relation t = table(bed, "a INT PRIMARY KEY, b VARCHAR(10) UNIQUE");
        bed.run("INSERT INTO al.t VALUES (1,'x'),(9,'y')");
        try (MySqlApplier applier = bed.applier(true)) {
            assertThatThrownBy(() -> applier.write(List.of(new Step.UpdateRows(t, List.of(row("1", "z"), row("2", "y")), true))))
                    .isInstanceOf(ConflictException.class);
            assertThat(content(bed)).isEqualTo("1:x,9:y");
            applier.write(List.of(new Step.UpdateRows(t, List.of(row("1", "z"), row("9", "y")), true)));
            applier.commit(at(1, 1));
        }
        assertThat(content(bed)).isEqualTo("1:z,9:y");
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void lenientStepsEndWhereTheSourceEnded(ServerVersion server) {
        Bed bed = new Bed(server, "lenient");
        Relation t = table(bed, "a INT PRIMARY KEY, b VARCHAR(10) UNIQUE");
        bed.run("INSERT INTO al.t VALUES (1,'x'),(2,'y'),(3,'z')");
        try (MySqlApplier applier = bed.applier(true)) {
            applier.write(List.of(
                    new Step.DeleteRows(t, List.of(row("3", null), row("9", null)), false),
                    new Step.InsertRows(t, List.of(row("4", "x")), false),
                    new Step.UpdateRows(t, List.of(row("8", "n")), false),
                    new Step.UpdateOne(t, row("2", "?"), row("4", "q"), false),
                    new Step.UpdateOne(t, row("70", "?"), row("71", "r"), false),
                    new Step.DeleteOne(t, row("70", "?"), false)));
            applier.commit(at(1, 1));
        }
        assertThat(content(bed)).isEqualTo("4:q,8:n,71:r");
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void equalRowsOfAKeylessTableGoOneByOne(ServerVersion server) {
        Bed bed = new Bed(server, "keyless");
        Relation t = table(bed, "a INT, b VARCHAR(10) COLLATE utf8mb4_general_ci");
        bed.run("INSERT INTO al.t VALUES (1,'x'),(1,'x'),(1,'X'),(1,'x '),(NULL,NULL),(NULL,NULL)");
        try (MySqlApplier applier = bed.applier(true)) {
            applier.write(List.of(new Step.DeleteOne(t, row("1", "x"), true), new Step.DeleteOne(t, row(null, null), true),
                    new Step.UpdateOne(t, row("1", "X"), row("2", "Y"), true)));
            applier.commit(at(1, 1));
            assertThat(content(bed)).isEqualTo(",1:x,1:x ,2:Y");
            assertThatThrownBy(() -> applier.write(List.of(new Step.DeleteOne(t, row("1", "X"), true))))
                    .isInstanceOf(ConflictException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void nothingOfATransactionThatADeadlockEndedStays(ServerVersion server) throws Exception {
        Bed bed = new Bed(server, "deadlock");
        Relation t = table(bed, "a INT PRIMARY KEY, b INT");
        bed.run("INSERT INTO al.t VALUES (1,0),(2,0),(3,0),(4,0),(5,0)");
        try (MySqlApplier applier = bed.applier(true); MySqlConnection user = bed.open()) {
            applier.commit(at(1, 1));
            user.execute("BEGIN");
            user.execute("UPDATE al.t SET b=9 WHERE a>1");
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> applier.write(List.of(
                    new Step.UpdateOne(t, row("1", "0"), row("1", "1"), true), new Step.UpdateOne(t, row("2", "0"), row("2", "1"), true),
                    new Step.InsertRows(t, List.of(row("6", "1")), true))));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (bed.one("SELECT `COUNT` FROM information_schema.INNODB_METRICS WHERE NAME='lock_row_lock_current_waits'").equals("0")
                    && System.nanoTime() < end) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            user.execute("UPDATE al.t SET b=9 WHERE a=1");
            user.execute("COMMIT");
            assertThatThrownBy(writing::join).hasRootCauseInstanceOf(MySqlServerError.class)
                    .hasCauseInstanceOf(DtsException.class);
        }
        assertThat(content(bed)).isEqualTo("1:9,2:9,3:9,4:9,5:9");
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void anApplierThatHangsInATransactionIsOvertaken(ServerVersion server) {
        Bed bed = new Bed(server, "hangs");
        Relation t = table(bed, "a INT, b INT");
        try (MySqlApplier hanging = bed.applier(true)) {
            hanging.commit(at(1, 1));
            hanging.write(List.of(new Step.InsertRows(t, List.of(row("1", "1")), true)));
            overtake(bed, t);
            assertThatThrownBy(() -> hanging.commit(at(1, 2))).isInstanceOfSatisfying(DtsException.class,
                    e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_UNREACHABLE));
        }
        assertThat(content(bed)).isEqualTo("1:2");
    }

    /** As a worker's own session that it has closed after an error, and that its server has not yet noticed. */
    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void anApplierThatHangsInItsFirstTransactionBehindAClosingSessionIsOvertaken(ServerVersion server) {
        Bed bed = new Bed(server, "closing");
        Relation t = table(bed, "a INT, b INT");
        MySqlApplier closing = bed.applier(true);
        closing.write(List.of(new Step.InsertRows(t, List.of(row("0", "0")), true)));
        closing.commit(at(1, 1));
        try (MySqlApplier hanging = bed.applier(true)) {
            CompletableFuture<Void> noticed = CompletableFuture.runAsync(() -> {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
                closing.close();
            });
            hanging.write(List.of(new Step.InsertRows(t, List.of(row("1", "1")), true)));
            noticed.join();
            overtake(bed, t);
        }
        assertThat(content(bed)).isEqualTo("0:0,1:2");
    }

    private static void overtake(Bed bed, Relation t) {
        assertTimeout(Duration.ofSeconds(20), () -> {
            try (MySqlApplier fresh = bed.applier(true)) {
                fresh.write(List.of(new Step.InsertRows(t, List.of(row("1", "2")), true)));
                fresh.commit(at(2, 2));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void ofTwoAppliersOneCommits(ServerVersion server) {
        Bed bed = new Bed(server, "fence");
        Relation t = table(bed, "a INT, b INT");
        try (MySqlApplier stale = bed.applier(true); MySqlApplier fresh = bed.applier(true)) {
            fresh.write(List.of(new Step.InsertRows(t, List.of(row("1", "1")), true)));
            fresh.commit(at(2, 1));
            stale.write(List.of(new Step.InsertRows(t, List.of(row("1", "1")), true)));
            assertThatThrownBy(() -> stale.commit(at(1, 8))).isInstanceOfSatisfying(DtsException.class,
                    e -> assertThat(e.code()).isEqualTo(ErrorCode.TASK_RUNS_ELSEWHERE));
        }
        try (MySqlApplier stale = bed.applier(true); MySqlApplier fresh = bed.applier(true)) {
            fresh.commit(at(2, 2));
            assertThatThrownBy(() -> stale.write(List.of(new Step.InsertRows(t, List.of(row("1", "1")), true))))
                    .isInstanceOfSatisfying(DtsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TASK_RUNS_ELSEWHERE));
            fresh.write(List.of(new Step.TruncateTable(t), new Step.InsertRows(t, List.of(row("3", "3")), true)));
            fresh.rollback();
            fresh.write(List.of(new Step.InsertRows(t, List.of(row("2", "2")), true)));
            fresh.commit(at(2, 3));
        }
        assertThat(content(bed)).isEqualTo("1:1,2:2");
        assertThat(bed.progress.checkpoint()).contains(at(2, 3));
        bed.progress.forget();
        assertThat(bed.progress.checkpoint()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void aRowThatWouldChangeIsRefused(ServerVersion server) {
        Bed bed = new Bed(server, "refused");
        Relation wide = table(bed, "a INT PRIMARY KEY, b VARCHAR(10)");
        bed.run("ALTER TABLE al.t MODIFY b VARCHAR(3)");
        try (MySqlApplier applier = bed.applier(true)) {
            assertThatThrownBy(() -> applier.write(List.of(new Step.InsertRows(wide, List.of(row("1", "long value")), true))))
                    .isInstanceOfSatisfying(DtsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ROW_REFUSED))
                    .hasMessageContaining("al.t").hasMessageContaining("'b'").message().doesNotContain("long value");
        }
        bed.run("CREATE TABLE al.s(a INT PRIMARY KEY, b VARCHAR(10))", "INSERT INTO al.s VALUES (1,'abc'),(2,'long value')",
                "RENAME TABLE al.t TO al.t2");
        bed.run("CREATE DATABASE IF NOT EXISTS al2", "DROP TABLE IF EXISTS al2.s", "CREATE TABLE al2.s(a INT PRIMARY KEY, b VARCHAR(3))");
        assertThatThrownBy(() -> bed.copy(bed.table("al", "s"), bed, "al2", 100))
                .isInstanceOfSatisfying(DtsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ROW_REFUSED))
                .hasMessageContaining("row 2");
        assertThat(bed.one("SELECT COUNT(*) FROM al2.s")).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void cascadesRunOnTheTarget(ServerVersion server) {
        Bed bed = new Bed(server, "cascade");
        table(bed, "a INT PRIMARY KEY, b INT");
        bed.run("CREATE TABLE al.child(id INT PRIMARY KEY, a INT, FOREIGN KEY (a) REFERENCES al.t(a) ON DELETE CASCADE ON UPDATE CASCADE)",
                "INSERT INTO al.t VALUES (1,1),(2,2),(3,3)", "INSERT INTO al.child VALUES (10,1),(20,2),(30,3)");
        Table parent = bed.table("al", "t");
        Relation t = Relation.of(1, parent, Bed.route(parent, "al"), true);
        for (boolean strict : List.of(true, false)) {
            try (MySqlApplier applier = bed.applier(true)) {
                String a = strict ? "1" : "2";
                applier.write(List.of(new Step.DeleteOne(t, row(a, a), strict),
                        new Step.UpdateOne(t, row(strict ? "3" : "33", "3"), row(strict ? "33" : "34", "3"), strict)));
                applier.commit(at(1, strict ? 1 : 2));
            }
        }
        assertThat(bed.one("SELECT GROUP_CONCAT(CONCAT_WS(':',id,a) ORDER BY id) FROM al.child")).isEqualTo("30:34");
    }

    /** The children were copied behind the change, and with them what its cascades did: these come after the cascade point alone. */
    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void rowsOfAParentGoAndChangeWithoutTheirChildrenWhereTheCopyHoldsTheCascades(ServerVersion server) {
        Bed bed = new Bed(server, "latecascade");
        table(bed, "a INT PRIMARY KEY, b INT");
        bed.run("CREATE TABLE al.child(id INT PRIMARY KEY, a INT, FOREIGN KEY (a) REFERENCES al.t(a) ON DELETE CASCADE ON UPDATE CASCADE)",
                "INSERT INTO al.t VALUES (1,1),(2,2),(3,3)", "INSERT INTO al.child VALUES (10,1),(20,2),(30,3)");
        Table parent = bed.table("al", "t");
        Relation t = Relation.of(1, parent, Bed.route(parent, "al"), true);
        try (MySqlApplier applier = bed.applier(true)) {
            applier.write(List.of(new Step.DeleteRows(t, List.of(row("1", "1"), row("2", "2")), false),
                    new Step.InsertRows(t, List.of(row("22", "2"), row("3", "4")), false)));
            applier.commit(at(1, 1));
        }
        assertThat(bed.one("SELECT GROUP_CONCAT(CONCAT_WS(':',id,a) ORDER BY id) FROM al.child")).isEqualTo("10:1,20:2,30:3");
        assertThat(bed.one("SELECT GROUP_CONCAT(CONCAT_WS(':',a,b) ORDER BY a) FROM al.t")).isEqualTo("3:4,22:2");
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void manyRowsGoInFewStatements(ServerVersion server) {
        Bed bed = new Bed(server, "many");
        Relation t = table(bed, "a INT, b VARCHAR(3000), PRIMARY KEY(a)");
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            rows.add(row(Integer.toString(i), "y".repeat(i % 3_000)));
        }
        try (MySqlApplier applier = bed.applier(true)) {
            applier.write(List.of(new Step.InsertRows(t, rows, true), new Step.UpdateRows(t, rows, true)));
            applier.commit(at(1, 1));
            assertThat(bed.one("SELECT COUNT(*) FROM al.t")).isEqualTo("5000");
            applier.write(List.of(new Step.DeleteRows(t, rows, true)));
            applier.commit(at(1, 2));
            assertThat(bed.one("SELECT COUNT(*) FROM al.t")).isEqualTo("0");
        }
    }
}
