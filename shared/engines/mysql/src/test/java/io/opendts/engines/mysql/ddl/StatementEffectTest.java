package io.opendts.engines.mysql.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.engines.mysql.TestServers;
import io.opendts.engines.mysql.schema.CatalogReader;
import io.opendts.engines.mysql.schema.SqlSession;
import io.opendts.engines.mysql.schema.TableDefinition.Element;
import io.opendts.engines.mysql.schema.WireSession;
import io.opendts.engines.mysql.wire.ConnectSettings;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.Selector;
import io.opendts.testkit.ServerVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each statement of a corpus: the tables that its text makes of those before it are the tables that the server then has. */
class StatementEffectTest {

    private static final String DATABASE = "ddl_effect";
    private static final Selector ALL = Selector.databases(d -> d.startsWith(DATABASE) ? Optional.of(d) : Optional.empty());

    private final Map<TableId, Table> known = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private SourceServer server;
    private int run;

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void the_text_tells_what_the_server_makes_of_it(ServerVersion version) {
        ConnectSettings root = TestServers.root(version);
        SqlSession.Supplier sessions = () -> WireSession.making(MySqlConnection.open(root), MySqlConnection::close);
        try (SqlSession session = sessions.open()) {
            boolean explicit = session.query("SELECT @@explicit_defaults_for_timestamp").getFirst().getFirst().equals("1");
            server = new SourceServer(io.opendts.engines.mysql.schema.ServerVersion.parse(
                    session.query("SELECT VERSION()").getFirst().getFirst()), explicit, CatalogReader.logsCascades(session));
            session.execute("SET SESSION sql_mode = 'ALLOW_INVALID_DATES', foreign_key_checks = 0");
            for (String database : List.of(DATABASE, DATABASE + "_2")) {
                session.execute("DROP DATABASE IF EXISTS " + database);
                session.execute("CREATE DATABASE " + database + " CHARACTER SET latin1");
            }
            session.execute("USE " + DATABASE);
            for (String statement : statements()) {
                step(session, sessions, statement);
            }
            session.execute("DROP DATABASE " + DATABASE + "_2");
            session.execute("DROP DATABASE " + DATABASE);
        }
        System.out.println("statements that " + version + " accepts: " + run);
        assertThat(faults).as("%d statements on %s", run, version).isEmpty();
        assertThat(run).isGreaterThan(100);
    }

    private static List<String> statements() {
        try (InputStream in = StatementEffectTest.class.getResourceAsStream("/ddl/statements.sql")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split(";\n")).map(String::strip).filter(s -> !s.isEmpty()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a server refuses it has not changed: newer words are in the corpus for those that know them. */
    private void step(SqlSession session, SqlSession.Supplier sessions, String statement) {
        try {
            session.execute(statement);
        } catch (SqlSession.Refused refused) {
            if (Boolean.getBoolean("dts.refused")) {
                System.out.println("refused " + refused.getMessage() + ": " + statement);
            }
            return;
        }
        run++;
        String fault = "";
        try {
            Optional<TableStatement> read = TableStatement.read(statement, DATABASE, false, true);
            List<Altered> altered = read.map(s -> StatementEffect.of(s, server, new Known())).orElse(List.of());
            altered.forEach(one -> one.before().ifPresent(table -> known.remove(table.id())));
            altered.forEach(one -> one.after().ifPresent(table -> known.put(table.id(), table)));
        } catch (RuntimeException e) {
            fault = statement + "\n  " + e;
        }
        Map<TableId, Table> there = new LinkedHashMap<>();
        new CatalogReader(sessions).describe(ALL).tables().forEach(table -> there.put(table.id(), table));
        String difference = fault.isEmpty() ? difference(there) : fault;
        if (!difference.isEmpty()) {
            faults.add("\n" + (fault.isEmpty() ? statement : "") + difference);
        }
        known.clear();
        known.putAll(there);
    }

    private String difference(Map<TableId, Table> there) {
        if (!new TreeSet<>(names(known)).equals(new TreeSet<>(names(there)))) {
            return "\n  tables " + names(known) + " for " + names(there);
        }
        return there.values().stream().map(table -> difference(known.get(table.id()), table)).collect(Collectors.joining());
    }

    private static List<String> names(Map<TableId, Table> tables) {
        return tables.keySet().stream().map(TableId::toString).toList();
    }

    private String difference(Table derived, Table there) {
        StringBuilder out = new StringBuilder();
        compare("columns", derived.columns().stream().map(c -> plain(c.toString())).toList(),
                there.columns().stream().map(c -> plain(c.toString())).toList(), out);
        compare("keys", derived.keys().stream().map(Object::toString).sorted().toList(),
                there.keys().stream().map(Object::toString).sorted().toList(), out);
        compare("foreign keys", derived.foreignKeys().stream().map(Object::toString).sorted().toList(),
                there.foreignKeys().stream().map(Object::toString).sorted().toList(), out);
        compare("text", texts(derived), texts(there), out);
        return out.toString();
    }

    private List<String> texts(Table table) {
        TableShape shape = TableShape.of(table, server.version());
        List<String> texts = new ArrayList<>(shape.definition().elements().stream().map(StatementEffectTest::loosely).sorted().toList());
        shape.definition().options().stream().filter(o -> !o.name().equals("AUTO_INCREMENT"))
                .map(o -> plain(o.toString())).sorted().forEach(texts::add);
        return texts;
    }

    /** Servers write expressions anew: with brackets, quotes and introducers of their own. */
    private static String loosely(Element element) {
        return plain(DefinitionText.element(element)).replaceAll("_(utf8mb[34]|latin1|binary|ascii|utf8)(?=')", "")
                .replaceAll("[`() ']", "").replaceAll("(\\.\\d*?)0+\\b", "$1").replaceAll("\\.$", "")
                .replaceAll("ondelete(noaction|restrict)|onupdate(noaction|restrict)", "").replaceAll("curdate|current_date", "today")
                .replaceAll("(default\\d{4}-\\d\\d-\\d\\d)00:00:00", "$1").replaceAll("(default\\d\\d:\\d\\d):00", "$1");
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("\\butf8(?=[_\\]\\s,]|$)", "utf8mb3");
    }

    private static void compare(String what, List<String> derived, List<String> there, StringBuilder out) {
        List<String> more = derived.stream().filter(d -> !there.contains(d)).toList();
        List<String> less = there.stream().filter(d -> !derived.contains(d)).toList();
        if (!more.isEmpty() || !less.isEmpty()) {
            out.append("\n  ").append(what).append("\n    derived ").append(more).append("\n    there   ").append(less);
        } else if (!derived.equals(there)) {
            out.append("\n  ").append(what).append(" in another order\n    derived ").append(derived)
                    .append("\n    there   ").append(there);
        }
    }

    private final class Known implements SourceTables {
        @Override
        public Optional<Table> table(TableId id) {
            return Optional.ofNullable(known.get(id));
        }

        @Override
        public boolean wanted(TableId id) {
            return false;
        }

        @Override
        public List<Table> children(TableId parent) {
            return known.values().stream().filter(t -> t.foreignKeys().stream().anyMatch(k -> k.parent().equals(parent))).toList();
        }

        @Override
        public TableDefaults database(String name) {
            return new TableDefaults("latin1", "latin1_swedish_ci");
        }
    }
}
