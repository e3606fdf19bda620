package io.opendts.engines.mysql.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.opendts.engines.mysql.apply.Bed;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.testkit.ServerVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every value that a server can hold is the same on the target, whichever way it went: the copy by LOAD DATA and by INSERT, the
 * log with and without a key. Each server is a source; its target is a neighbour, and all servers with
 * {@code -Ddts.pairs=all}. Some of it alone: {@code -Ddts.source="MySQL 8" -Ddts.type=JSON}.
 */
class ValuesTest {

    private static final boolean ALL_PAIRS = "all".equals(System.getProperty("dts.pairs"));
    private static final Map<ServerVersion, ServerVersion> NEIGHBOUR = Map.of(
            ServerVersion.MYSQL_5_7, ServerVersion.MYSQL_9_7,
            ServerVersion.MYSQL_8_0, ServerVersion.MARIADB_11_4,
            ServerVersion.MYSQL_9_7, ServerVersion.MYSQL_8_0,
            ServerVersion.MARIADB_10_11, ServerVersion.MYSQL_9_7,
            ServerVersion.MARIADB_11_4, ServerVersion.MYSQL_8_0);

    /** Neither a server's own zone nor the process's may matter; all three differ, each with its summer time. */
    private static void inOtherZones(ValueSource source, ServerVersion target, Runnable work) {
        Bed bed = new Bed(target, "values");
        bed.run(Zones.statements().toArray(String[]::new));
        TimeZone before = TimeZone.getDefault();
        source.bed.run("SET GLOBAL time_zone='" + Zones.NAMES.get(1) + "'");
        bed.run("SET GLOBAL time_zone='" + Zones.NAMES.get(2) + "'");
        TimeZone.setDefault(TimeZone.getTimeZone(Zones.NAMES.get(0)));
        try {
            work.run();
        } finally {
            TimeZone.setDefault(before);
            bed.run("SET GLOBAL time_zone='SYSTEM'");
            source.bed.run("SET GLOBAL time_zone='SYSTEM'");
        }
    }

    @ParameterizedTest
    @EnumSource
    void noCharacterSetIsForgotten(ServerVersion server) {
        try (MySqlConnection connection = new Bed(server, "values").open()) {
            QueryResult sets = connection.query("SHOW CHARACTER SET");
            for (int i = 0; i < sets.size(); i++) {
                assertThat(CharsetCases.names()).contains(sets.text(i, 0).equals("utf8") ? "utf8mb3" : sets.text(i, 0));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyValueArrives(ServerVersion server) {
        assumeTrue(server.label().contains(System.getProperty("dts.source", "")));
        List<ValueCase> cases = ValueCases.all().stream().filter(c -> c.type().contains(System.getProperty("dts.type", ""))).toList();
        long begun = System.nanoTime();
        ValueSource source = new ValueSource(server, cases);
        List<String> differences = new ArrayList<>(source.differencesOfLog());
        List<ServerVersion> targets = ALL_PAIRS ? Arrays.asList(ServerVersion.values()) : List.of(NEIGHBOUR.get(server));
        for (ServerVersion target : targets) {
            inOtherZones(source, target, () -> differences.addAll(new ValuePair(source, target).differences()));
        }
        int values = source.tables.stream().filter(t -> t.way() == ValueTable.Way.NUMBERED)
                .flatMap(t -> t.cases().stream()).mapToInt(c -> c.values().size() + 1).sum();
        System.out.printf("%s: %d values in %d columns to %s, %.1f s%n", server, values,
                cases.stream().filter(c -> c.sources().has(server)).count(), targets, (System.nanoTime() - begun) / 1e9);
        assertThat(differences.size()).as(String.join("\n", differences)).isZero();
    }
}
