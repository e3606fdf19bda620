package io.opendts.engines.mysql.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.Selector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What SHOW CREATE TABLE of one server becomes on another, word for word. The inputs under schema/golden were printed by real
 * servers of the version that the test names.
 */
class GoldenTest {

    private static final Map<String, String> COLLATIONS = Map.of(
            "5.7.22-log", "utf8 utf8mb4_general_ci utf8mb4_bin utf8mb4_unicode_ci utf8mb4_unicode_520_ci utf8_general_ci utf8_bin"
                    + " utf8_unicode_520_ci latin1_swedish_ci ascii_general_ci binary",
            "8.0.15", "utf8mb4_0900_ai_ci utf8mb4_0900_as_cs utf8mb4_de_pb_0900_ai_ci utf8mb4_general_ci utf8mb4_bin utf8mb4_unicode_ci"
                    + " utf8_general_ci utf8_bin utf8_unicode_520_ci latin1_swedish_ci ascii_general_ci binary",
            "9.7.4", "utf8mb4_0900_ai_ci utf8mb4_0900_as_cs utf8mb4_0900_bin utf8mb4_general_ci utf8mb4_bin utf8mb4_unicode_ci"
                    + " utf8mb3_general_ci utf8mb3_bin utf8mb3_unicode_520_ci latin1_swedish_ci ascii_general_ci binary",
            "10.11.18-MariaDB", "utf8mb4_uca1400_ai_ci utf8mb4_uca1400_nopad_ai_ci utf8mb4_uca1400_nopad_as_cs"
                    + " utf8mb4_uca1400_german2_nopad_ai_ci utf8mb4_general_ci utf8mb4_bin utf8mb4_unicode_ci utf8mb3_general_ci"
                    + " utf8mb3_bin latin1_swedish_ci ascii_general_ci binary");

    private static TargetFacts facts(String version) {
        Map<String, String> collations = new HashMap<>();
        for (String name : COLLATIONS.get(version).split(" ")) {
            collations.put(name, name.split("_")[0]);
        }
        ServerVersion server = ServerVersion.parse(version);
        Set<String> engines = server.mariaDb() ? Set.of("INNODB", "MYISAM", "ARIA") : Set.of("INNODB", "MYISAM");
        return new TargetFacts(server, collations, engines, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "mysql57,    5.7.22-log,       9.7.4",
        "mysql57,    5.7.22-log,       10.11.18-MariaDB",
        "mysql80,    8.0.15,           9.7.4",
        "mysql80,    8.0.15,           10.11.18-MariaDB",
        "mysql97,    9.7.4,            5.7.22-log",
        "mysql97,    9.7.4,            8.0.15",
        "mysql97,    9.7.4,            10.11.18-MariaDB",
        "mariadb114, 11.4.5-MariaDB,   10.11.18-MariaDB",
        "mariadb114, 11.4.5-MariaDB,   8.0.15",
        "mariadb114, 11.4.5-MariaDB,   9.7.4"})
    void converts(String input, String from, String to) {
        String rendered = Arrays.stream(Fixture.resource("golden/" + input + ".sql").split(";;\n"))
                .map(text -> render(text, ServerVersion.parse(from), facts(to))).collect(Collectors.joining("\n"));
        String name = "golden/" + input + "-to-" + to + ".txt";
        assertThat(rendered).isEqualTo(Fixture.resource(name));
    }

    /** Unique keys are with the table in any case; what the target builds one at a time or needs rows for comes later in any case. */
    @Test
    void ordinaryIndexesOfSmallTablesAreMadeWithThem() {
        TableId id = new TableId("shop", "t");
        Table table = new Table(id, List.of(), List.of(), List.of(), "InnoDB", "CREATE TABLE `t` (\n  `id` int NOT NULL,\n  `v` text,\n"
                + "  PRIMARY KEY (`id`),\n  KEY `plain` (`v`(9)),\n  FULLTEXT KEY `words` (`v`)\n) ENGINE=InnoDB", 3, 0);
        Selector selector = Selector.databases(Optional::of);
        TargetFacts facts = facts("9.7.4");
        TableScript later = TableRenderer.render(table, Route.same(id), selector, facts.version(), facts, TableRenderer.Indexes.LATER);
        TableScript atOnce = TableRenderer.render(table, Route.same(id), selector, facts.version(), facts, TableRenderer.Indexes.AT_ONCE);
        assertThat(later.create()).doesNotContain("plain");
        assertThat(later.indexes()).extracting(TableScript.Addition::name).containsExactly("plain", "words");
        assertThat(atOnce.create()).contains("KEY `plain` (`v`(9))");
        assertThat(atOnce.indexes()).extracting(TableScript.Addition::name).containsExactly("words");
    }

    private static String render(String text, ServerVersion source, TargetFacts target) {
        Token name = Lexer.definition(text).stream().filter(t -> t.kind() == Token.Kind.NAME).findFirst().orElseThrow();
        TableId id = new TableId("shop", name.value());
        Table table = new Table(id, List.of(), List.of(), List.of(), "InnoDB", text, 0, 0);
        Selector selector = Selector.databases(d -> Optional.of(d.equals("shop") ? "store" : d));
        Route route = selector.table(id).orElseThrow();
        TableScript script = TableRenderer.render(table, route, selector, source, target);
        StringBuilder out = new StringBuilder(script.create()).append(";\n");
        script.indexes().forEach(a -> out.append("after load: ").append(a.clause()).append('\n'));
        script.foreignKeys().forEach(a -> out.append("after load: ").append(a.clause()).append('\n'));
        script.notes().forEach(n -> out.append("note: ").append(n).append('\n'));
        script.problems().forEach(p -> out.append("problem: ").append(p.object()).append(": ").append(p.reason()).append('\n'));
        return out.toString();
    }
}
