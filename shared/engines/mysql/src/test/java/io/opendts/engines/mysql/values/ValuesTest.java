package io.opendts.engines.mysql.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.testkit.ServerVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every value that a server can hold is the same on the target, whichever way it went: the copy by LOAD DATA and by INSERT, the
 * log with and without a key. Each server is a source; its targets are itself and a neighbour, and all servers with
 * {@code -Ddts.pairs=all}.
 */
class ValuesTest {

    private static final boolean ALL_PAIRS = "all".equals(System.getProperty("dts.pairs"));
    private static final Map<ServerVersion, ServerVersion> NEIGHBOUR = Map.of(
            ServerVersion.MYSQL_5_7, ServerVersion.MYSQL_9_7,
            ServerVersion.MYSQL_8_0, ServerVersion.MARIADB_11_4,
            ServerVersion.MYSQL_9_7, ServerVersion.MYSQL_8_0,
            ServerVersion.MARIADB_10_11, ServerVersion.MYSQL_9_7,
            ServerVersion.MARIADB_11_4, ServerVersion.MYSQL_8_0);

    @ParameterizedTest
    @EnumSource
    void everyValueArrives(ServerVersion server) {
        List<ValueCase> cases = ValueCases.all();
        long begun = System.nanoTime();
        ValueSource source = new ValueSource(server, cases);
        List<String> differences = new ArrayList<>(source.differencesOfLog());
        List<ServerVersion> targets = ALL_PAIRS ? Arrays.asList(ServerVersion.values()) : List.of(server, NEIGHBOUR.get(server));
        for (ServerVersion target : targets) {
            differences.addAll(new ValuePair(source, target).differences());
        }
        int values = source.tables.stream().filter(t -> t.way() == ValueTable.Way.NUMBERED)
                .flatMap(t -> t.cases().stream()).mapToInt(c -> c.values().size() + 1).sum();
        System.out.printf("%s: %d values in %d columns to %s, %.1f s%n", server, values,
                cases.stream().filter(c -> c.sources().has(server)).count(), targets, (System.nanoTime() - begun) / 1e9);
        assertThat(differences.size()).as(String.join("\n", differences)).isZero();
    }
}
