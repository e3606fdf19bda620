package io.opendts.engines.mysql.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.Change;
import io.opendts.model.Checkpoint;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Table;
import io.opendts.spi.Applier.Step;
import io.opendts.spi.SchemaChange;
import io.opendts.spi.SchemaChange.Side;
import io.opendts.spi.SchemaChange.TableChange;
import io.opendts.spi.Selector;
import io.opendts.testkit.ServerVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A target follows a change of the schema once, wherever a process that did it was killed, and whoever else tries. */
class SchemaFollowerTest {

    private static final String FROM = "sf_source";
    private static final String TO = "sf_target";

    /** What ALTER TABLE does to a table with one row; the target's table is as the source's was before. */
    private static SchemaChange change(Bed bed, String clauses, int number) {
        bed.progress.forget();
        bed.progress.ensureProgress();
        String definition = ".t (id INT PRIMARY KEY, v VARCHAR(20))";
        for (String database : List.of(FROM, TO)) {
            bed.run("DROP DATABASE IF EXISTS " + database, "CREATE DATABASE " + database, "CREATE TABLE " + database + definition,
                    "INSERT INTO " + database + ".t VALUES (1, 'one')");
        }
        Table before = bed.table(FROM, "t");
        bed.run("ALTER TABLE " + FROM + ".t " + clauses);
        Table after = bed.table(FROM, "t");
        Selector selector = Selector.databases(name -> name.equals(FROM) ? Optional.of(TO) : Optional.empty());
        return new SchemaChange("gtid:" + number, new Change.Clock("+01:00", 1_700_000_000_250_000L), "ALTER TABLE t " + clauses,
                bed.one("SELECT VERSION()"), selector,
                List.of(new TableChange(Optional.of(side(before)), Optional.of(side(after)), Map.of("id", "id", "v", "v"))));
    }

    private static Side side(Table table) {
        return new Side(table, Bed.route(table, TO));
    }

    private static String columns(Bed bed) {
        return bed.one("SELECT GROUP_CONCAT(COLUMN_NAME ORDER BY ORDINAL_POSITION) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA='"
                + TO + "' AND TABLE_NAME='t'");
    }

    private static void follow(Bed bed, SchemaChange change) {
        try (MySqlApplier applier = bed.applier(true)) {
            applier.follow(change);
        }
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void a_change_that_comes_again_is_there_already(ServerVersion server) {
        Bed bed = new Bed(server, "sf_again");
        SchemaChange change = change(bed, "ADD a INT DEFAULT 5 FIRST, ADD KEY k (v)", 7);
        follow(bed, change);
        follow(bed, change);
        assertThat(columns(bed)).isEqualTo("a,id,v");
        assertThat(bed.one("SELECT a FROM " + TO + ".t")).isEqualTo("5");
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void a_process_killed_behind_the_statement_and_before_its_record_leaves_it_done(ServerVersion server) {
        Bed bed = new Bed(server, "sf_behind");
        SchemaChange change = change(bed, "ADD a INT", 7);
        follow(bed, change);
        bed.run("UPDATE _dts.statements SET done = 0 WHERE task LIKE 'sf%'");
        follow(bed, change);
        assertThat(columns(bed)).isEqualTo("id,v,a");
        assertThat(bed.one("SELECT MIN(done) FROM _dts.statements WHERE task = 'sf_behind'")).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void a_process_killed_in_front_of_the_statement_leaves_it_to_be_done(ServerVersion server) {
        Bed bed = new Bed(server, "sf_front");
        SchemaChange change = change(bed, "ADD a INT", 7);
        follow(bed, change);
        bed.run("UPDATE _dts.statements SET done = 0 WHERE task LIKE 'sf%'", "ALTER TABLE " + TO + ".t DROP a");
        follow(bed, change);
        assertThat(columns(bed)).isEqualTo("id,v,a");
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void a_process_that_hung_while_another_went_on_changes_nothing(ServerVersion server) {
        Bed bed = new Bed(server, "sf_late");
        SchemaChange change = change(bed, "ADD a INT", 7);
        Checkpoint further = new Checkpoint(new Position("binlog.000009:9"), 9, 9_999);
        try (MySqlApplier first = bed.applier(true)) {
            first.commit(new Checkpoint(new Position("binlog.000008:8"), 9, 9_998));
        }
        try (MySqlApplier late = bed.applier(true); MySqlApplier other = bed.applier(true)) {
            other.commit(further);
            assertThatThrownBy(() -> late.follow(change)).isInstanceOfSatisfying(DtsException.class,
                    refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TASK_RUNS_ELSEWHERE));
        }
        assertThat(columns(bed)).isEqualTo("id,v");
        assertThat(bed.progress.checkpoint()).contains(further);
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void rows_get_the_time_at_which_the_source_ran_the_statement(ServerVersion server) {
        Bed bed = new Bed(server, "sf_time");
        follow(bed, change(bed, "ADD a DATETIME(2) DEFAULT CURRENT_TIMESTAMP(2)", 7));
        assertThat(bed.one("SELECT a FROM " + TO + ".t")).isEqualTo("2023-11-14 23:13:20.25");
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void values_that_the_log_does_not_tell_are_not_made_up(ServerVersion server) {
        Bed bed = new Bed(server, "sf_chosen");
        SchemaChange change = change(bed, "ADD a INT NOT NULL AUTO_INCREMENT, ADD KEY (a)", 7);
        assertThatThrownBy(() -> follow(bed, change)).isInstanceOfSatisfying(DtsException.class,
                refused -> assertThat(refused.code()).isEqualTo(ErrorCode.LOG_DDL)).hasMessageContaining("new column a");
        bed.run("DELETE FROM " + TO + ".t");
        follow(bed, change);
        assertThat(columns(bed)).isEqualTo("id,v,a");
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void a_table_is_made_anew_once_whatever_was_there(ServerVersion server) {
        Bed bed = new Bed(server, "sf_anew");
        SchemaChange told = change(bed, "ADD a INT NOT NULL AUTO_INCREMENT, ADD KEY (a)", 7);
        SchemaChange anew = new SchemaChange(told.id(), told.clock(), told.statement(), told.sourceVersion(), told.selector(),
                List.of(new TableChange(told.tables().getFirst().before(), told.tables().getFirst().after(), Map.of(), true)));
        bed.run("ALTER TABLE " + TO + ".t DROP v, ADD unknown INT");
        follow(bed, anew);
        assertThat(columns(bed)).isEqualTo("id,v,a");
        assertThat(bed.one("SELECT COUNT(*) FROM " + TO + ".t")).isEqualTo("0");
        bed.run("INSERT INTO " + TO + ".t (id, v) VALUES (1, 'copied')");
        follow(bed, anew);
        assertThat(bed.one("SELECT COUNT(*) FROM " + TO + ".t")).as("when the change comes again").isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void a_later_change_is_another_one(ServerVersion server) {
        Bed bed = new Bed(server, "sf_later");
        SchemaChange change = change(bed, "ADD a INT", 7);
        follow(bed, change);
        bed.run("ALTER TABLE " + TO + ".t DROP a");
        follow(bed, new SchemaChange("gtid:8", change.clock(), change.statement(), change.sourceVersion(), change.selector(),
                change.tables()));
        assertThat(columns(bed)).isEqualTo("id,v,a");
        assertThat(bed.one("SELECT COUNT(DISTINCT `change`) FROM _dts.statements WHERE task = 'sf_later'")).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void what_the_target_refuses_is_told_with_its_statement_and_is_not_recorded_as_done(ServerVersion server) {
        Bed bed = new Bed(server, "sf_refused");
        SchemaChange change = change(bed, "ADD UNIQUE KEY u (v)", 7);
        bed.run("INSERT INTO " + TO + ".t VALUES (2, 'one')");
        assertThatThrownBy(() -> follow(bed, change)).isInstanceOfSatisfying(DtsException.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.TARGET_STATEMENT_FAILED);
            assertThat(refused.getMessage()).contains("ALTER TABLE t ADD UNIQUE KEY", "ADD UNIQUE KEY `u`", "1062").doesNotContain("'one'");
        });
        bed.run("DELETE FROM " + TO + ".t WHERE id = 2");
        follow(bed, change);
        assertThat(bed.one("SELECT COUNT(*) FROM information_schema.STATISTICS WHERE TABLE_SCHEMA='" + TO + "' AND INDEX_NAME='u'"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void an_older_session_is_ended_before_its_successor_changes_anything(ServerVersion server) {
        Bed bed = new Bed(server, "sf_older");
        SchemaChange change = change(bed, "ADD a INT", 7);
        try (MySqlApplier older = bed.applier(true)) {
            older.commit(new Checkpoint(new Position("bin.000001:1"), 1, 1));
            older.write(List.of(new Step.TruncateTable(Bed.relation(1, bed.table(FROM, "t"), TO))));
            older.rollback();
            follow(bed, change);
            assertThatThrownBy(() -> older.follow(change)).isInstanceOf(DtsException.class);
        }
        assertThat(columns(bed)).isEqualTo("id,v,a");
        assertThat(bed.one("SELECT COUNT(*) FROM " + TO + ".t")).isEqualTo("1");
    }
}
