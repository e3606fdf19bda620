package io.opendts.engines.mysql.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Checkpoint;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Row;
import io.opendts.model.RowBuilder;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.Applier.Step;
import io.opendts.testkit.ServerVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two source tables in one of the target: what is done to one of them leaves the other's rows alone, keys alike or not. */
class MergedApplyTest {

    private static Row row(String id, String b) {
        return new RowBuilder().addAscii(id).addAscii(b).build();
    }

    private static Relation from(Table table, String source, int id) {
        TableId target = new TableId("al", "merged");
        Route same = Route.same(table.id());
        Route route = new Route(table.id(), target, same.excluded(), same.renames(), same.filter(), same.operations(),
                Optional.of(Route.dataSource("task", new TableId("al", source))));
        return Relation.of(id, table, route, false);
    }

    private static String content(Bed bed) {
        return bed.one("SELECT GROUP_CONCAT(CONCAT(SUBSTRING(`__dts_data_source`, 6), ':', a, b) ORDER BY `__dts_data_source`, a, b)"
                + " FROM al.merged");
    }

    private static Bed bed(ServerVersion server, String key) {
        Bed bed = new Bed(server, "merged");
        bed.progress.forget();
        bed.progress.ensureProgress();
        bed.run("DROP DATABASE IF EXISTS al", "CREATE DATABASE al", "CREATE TABLE al.t(a INT, b VARCHAR(10)" + key + ")",
                "CREATE TABLE al.merged(a INT, b VARCHAR(10), `__dts_data_source` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
                        + " NOT NULL" + key.replace("(a)", "(`__dts_data_source`, a)") + ")");
        return bed;
    }

    private static void write(Bed bed, long sequence, List<Step> steps) {
        try (MySqlApplier applier = bed.applier(true)) {
            applier.write(steps);
            applier.commit(new Checkpoint(new Position("bin.000001:" + sequence), 1, sequence));
        }
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void rowsAreFoundByWhereTheyCameFrom(ServerVersion server) {
        Bed bed = bed(server, ", PRIMARY KEY (a)");
        Table t = bed.table("al", "t");
        Relation x = from(t, "x", 1);
        Relation y = from(t, "y.z'", 2);
        List<Row> rows = List.of(row("1", "r"), row("2", "r"), row("3", "r"), row("4", "r"));
        write(bed, 1, List.of(new Step.InsertRows(x, rows, true), new Step.InsertRows(y, rows, false),
                new Step.InsertRows(y, rows, false)));
        assertThat(content(bed)).isEqualTo("al.x:1r,al.x:2r,al.x:3r,al.x:4r,al.y%2Ez%27:1r,al.y%2Ez%27:2r,al.y%2Ez%27:3r,al.y%2Ez%27:4r");
        write(bed, 2, List.of(new Step.UpdateRows(x, List.of(row("1", "u"), row("2", "u")), true),
                new Step.UpdateOne(x, row("3", "r"), row("9", "v"), true), new Step.DeleteRows(x, List.of(row("4", "r")), true),
                new Step.DeleteOne(y, row("4", "r"), true), new Step.UpdateRows(y, List.of(row("1", "w")), false)));
        assertThat(content(bed)).isEqualTo("al.x:1u,al.x:2u,al.x:9v,al.y%2Ez%27:1w,al.y%2Ez%27:2r,al.y%2Ez%27:3r");
        write(bed, 3, List.of(new Step.TruncateTable(x)));
        assertThat(content(bed)).isEqualTo("al.y%2Ez%27:1w,al.y%2Ez%27:2r,al.y%2Ez%27:3r");
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void rowsWithoutAKeyToo(ServerVersion server) {
        Bed bed = bed(server, "");
        Table t = bed.table("al", "t");
        Relation x = from(t, "x", 1);
        Relation y = from(t, "y", 2);
        List<Row> rows = List.of(row("1", "r"), row("1", "r"));
        write(bed, 1, List.of(new Step.InsertRows(x, rows, true), new Step.InsertRows(y, rows, true)));
        write(bed, 2, List.of(new Step.DeleteOne(y, row("1", "r"), true), new Step.UpdateOne(y, row("1", "r"), row("2", "r"), true)));
        assertThat(content(bed)).isEqualTo("al.x:1r,al.x:1r,al.y:2r");
    }
}
