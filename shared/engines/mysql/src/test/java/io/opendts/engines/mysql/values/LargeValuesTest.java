package io.opendts.engines.mysql.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.opendts.engines.mysql.apply.Bed;
import io.opendts.engines.mysql.apply.MySqlApplier;
import io.opendts.model.Checkpoint;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Row;
import io.opendts.model.Table;
import io.opendts.spi.Applier.Step;
import io.opendts.testkit.ServerVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values near and beyond what a server takes in one packet. */
class LargeValuesTest {

    private static final int LARGE_BYTES = 60_000_000;
    private static final int BEYOND_BYTES = 3_000_000;
    private static final String HASH = "SELECT CONCAT(LENGTH(b),':',SHA2(b,256)) FROM ";

    private static Bed bed(ServerVersion server, String task) {
        Bed bed = new Bed(server, task);
        bed.progress.forget();
        bed.progress.ensureProgress();
        return bed;
    }

    private static Table source(Bed bed, int bytes) {
        bed.run("DROP DATABASE IF EXISTS lv_a", "CREATE DATABASE lv_a", "CREATE TABLE lv_a.t(id INT PRIMARY KEY, b LONGBLOB)",
                "INSERT INTO lv_a.t VALUES (1,REPEAT('x'," + bytes + "))");
        return bed.table("lv_a", "t");
    }

    private static Bed target(ServerVersion server, String task) {
        Bed bed = bed(server, task);
        bed.run("DROP DATABASE IF EXISTS lv_b", "CREATE DATABASE lv_b", "CREATE TABLE lv_b.t(id INT PRIMARY KEY, b LONGBLOB)");
        return bed;
    }

    private static void apply(Bed target, Relation relation, List<Row> rows) {
        try (MySqlApplier applier = target.applier(true)) {
            applier.write(List.of(new Step.InsertRows(relation, rows, true)));
            applier.commit(new Checkpoint(new Position("p:1"), 1, 1));
        }
    }

    @Test
    void sixtyMillionBytesArriveByCopyAndByLog() {
        Bed source = bed(ServerVersion.MYSQL_8_0, "large");
        Table table = source(source, LARGE_BYTES);
        Bed target = target(ServerVersion.MARIADB_11_4, "large");

        source.copy(table, target, "lv_b", 10);
        assertThat(target.one(HASH + "lv_b.t")).isEqualTo(source.one(HASH + "lv_a.t")).startsWith(LARGE_BYTES + ":");

        target.run("TRUNCATE lv_b.t");
        apply(target, Bed.relation(1, table, "lv_b"), source.rows(table, 10));
        assertThat(target.one(HASH + "lv_b.t")).isEqualTo(source.one(HASH + "lv_a.t"));
        source.run("DROP DATABASE lv_a");
        target.run("DROP DATABASE lv_b");
    }

    /** The copy goes through all the same; the log's row is refused with the table, both sizes, and what to do. */
    @ParameterizedTest
    @EnumSource
    void whatIsBeyondTheTargetsPacketIsNamed(ServerVersion server) {
        Bed source = bed(server, "beyond");
        Table table = source(source, BEYOND_BYTES);
        List<Row> rows = source.rows(table, 10);
        Bed target = target(server, "beyond");
        target.run("SET GLOBAL max_allowed_packet=1048576");
        try {
            source.copy(table, target, "lv_b", 10);
            target.run("DELETE FROM lv_b.t");
            DtsException refused = catchThrowableOfType(DtsException.class, () -> apply(target, Bed.relation(1, table, "lv_b"), rows));

            assertThat(refused.code()).isEqualTo(ErrorCode.ROW_REFUSED);
            assertThat(refused).hasMessageContaining("lv_b.t").hasMessageContaining("max_allowed_packet is 1048576");
            assertThat(refused.remedy()).contains("SET GLOBAL max_allowed_packet");
        } finally {
            target.run("SET GLOBAL max_allowed_packet=67108864");
        }
        apply(target, Bed.relation(1, table, "lv_b"), rows);
        assertThat(target.one(HASH + "lv_b.t")).isEqualTo(source.one(HASH + "lv_a.t"));
    }
}
