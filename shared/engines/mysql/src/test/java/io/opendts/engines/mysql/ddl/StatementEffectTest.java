package io.opendts.engines.mysql.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.engines.mysql.TestServers;
import io.opendts.engines.mysql.schema.CatalogReader;
import io.opendts.engines.mysql.schema.SchemaStatement;
import io.opendts.engines.mysql.schema.SqlSession;
import io.opendts.engines.mysql.schema.TableDefinition.Element;
import io.opendts.engines.mysql.schema.Token;
import io.opendts.engines.mysql.schema.WireSession;
import io.opendts.engines.mysql.wire.ConnectSettings;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.testkit.DdlCorpus;
import io.opendts.testkit.ServerVersion;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each statement of a corpus: the tables that its text makes of those before it are the tables that the server then has. */
class StatementEffectTest {

    /** {@code -Ddts.group=keys}: that one alone. */
    private static final Optional<String> ONE_GROUP = Optional.ofNullable(System.getProperty("dts.group"));
    /** As bits of the log's. */
    private static final Map<String, Long> MODES = Map.of("REAL_AS_FLOAT", 0x1L, "PIPES_AS_CONCAT", 0x2L, "ANSI_QUOTES", 0x4L,
            "NO_BACKSLASH_ESCAPES", 0x10_0000L, "HIGH_NOT_PRECEDENCE", 0x2000_0000L);

    private final Map<TableId, Table> known = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final List<String> notUnderstood = new ArrayList<>();
    private SqlSession catalog;
    private SourceServer server;
    private boolean explicit;
    private String database = "";
    private String mode = "";
    private Charset client = StandardCharsets.UTF_8;
    private int run;

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void the_text_tells_what_the_server_makes_of_it(ServerVersion version) {
        List<String> clear = new ArrayList<>();
        ConnectSettings root = TestServers.root(version);
        SqlSession.Supplier sessions = () -> WireSession.making(MySqlConnection.open(root), MySqlConnection::close);
        try (SqlSession session = sessions.open(); SqlSession looks = sessions.open()) {
            catalog = looks;
            server = new SourceServer(io.opendts.engines.mysql.schema.ServerVersion.parse(
                    session.query("SELECT VERSION()").getFirst().getFirst()), true, CatalogReader.logsCascades(session));
            for (String made : DdlCorpus.DATABASES) {
                session.execute("DROP DATABASE IF EXISTS " + made);
                session.execute("CREATE DATABASE " + made + " CHARACTER SET latin1");
            }
            DdlCorpus.asWritten().forEach(group -> run(session, group));
            clear.addAll(notUnderstood);
            DdlCorpus.unclear().forEach(group -> run(session, group));
            DdlCorpus.DATABASES.forEach(made -> session.execute("DROP DATABASE " + made));
        }
        System.out.println("statements that " + version + " accepts: " + run + ", and are not understood: " + notUnderstood.size()
                + String.join("\n  ", notUnderstood));
        assertThat(faults).as("%d statements on %s", run, version).isEmpty();
        assertThat(clear).as("not understood").isEmpty();
        if (ONE_GROUP.isEmpty()) {
            assertThat(run).isGreaterThan(version == ServerVersion.MYSQL_5_7 ? 250 : 300);
            assertThat(notUnderstood).isNotEmpty();
        }
    }

    private void run(SqlSession session, DdlCorpus.Group group) {
        if (ONE_GROUP.isPresent() && !ONE_GROUP.get().equals(group.name())) {
            return;
        }
        DdlCorpus.SESSION.forEach(session::execute);
        remember(session);
        for (String statement : group.statements()) {
            step(session, statement);
        }
        compare("all of " + group.name(), known.keySet());
    }

    /** What a log tells of a session. */
    private void remember(SqlSession session) {
        List<String> row = session.query("SELECT DATABASE(), @@sql_mode, @@character_set_client,"
                + " @@explicit_defaults_for_timestamp").getFirst();
        explicit = row.get(3).equals("1");
        database = row.get(0);
        mode = row.get(1);
        client = switch (row.get(2)) {
            case "latin1" -> Charset.forName("windows-1252");
            case "gbk" -> Charset.forName("GBK");
            case "cp1251" -> Charset.forName("windows-1251");
            default -> StandardCharsets.UTF_8;
        };
    }

    private Optional<List<Altered>> effect(String statement) {
        WrittenUnder session = new WrittenUnder(database, MODES.entrySet().stream().filter(bit -> mode.contains(bit.getKey()))
                .mapToLong(Map.Entry::getValue).sum());
        server = new SourceServer(server.version(), explicit, server.logsCascades());
        String logged = SchemaStatement.withoutSettings(new String(statement.getBytes(StandardCharsets.UTF_8), client),
                session.ansiQuotes(), session.backslashEscapes());
        return StatementEffect.of(logged, session, server, new Known());
    }

    /** What a server refuses it has not changed, but for tables dropped by name: newer words are in the corpus for those that know them. */
    private void step(SqlSession session, String statement) {
        try {
            session.execute(statement);
            run++;
        } catch (SqlSession.Refused refused) {
            if (Boolean.getBoolean("dts.refused")) {
                System.out.println("refused " + refused.getMessage() + ": " + statement);
            }
            if (!statement.startsWith("DROP TABLE") || server.version().mySqlFrom(80000)) {
                return;
            }
        } catch (RuntimeException broken) {
            throw new IllegalStateException(statement, broken);
        }
        if (statement.startsWith("SET") || statement.startsWith("USE")) {
            remember(session);
            return;
        }
        Set<TableId> touched = new TreeSet<>(Comparator.comparing(TableId::toString));
        try {
            List<Altered> altered = effect(statement).orElse(List.of());
            altered.forEach(one -> one.before().ifPresent(table -> touched.add(table.id())));
            altered.forEach(one -> one.after().ifPresent(table -> touched.add(table.id())));
            touched.forEach(known::remove);
            altered.forEach(one -> one.after().ifPresent(table -> known.put(table.id(), table)));
            compare(statement, touched);
        } catch (NotUnderstood e) {
            notUnderstood.add("\n  " + statement + " (" + e.getMessage() + ")");
            known.clear();
            there().forEach(id -> look(id).ifPresent(table -> known.put(id, table)));
        } catch (RuntimeException e) {
            faults.add("\n" + statement + "\n  " + e + Arrays.toString(e.getStackTrace()).replace(",", "\n"));
        }
    }

    private void compare(String statement, Set<TableId> touched) {
        Set<TableId> there = there();
        StringBuilder out = new StringBuilder();
        if (!there.equals(known.keySet())) {
            out.append("\n  tables ").append(known.keySet()).append(" for ").append(there);
        }
        known.keySet().retainAll(there);
        for (TableId id : there) {
            if (touched.contains(id) || !known.containsKey(id)) {
                Table table = look(id).orElseThrow();
                Optional.ofNullable(known.put(id, table)).ifPresent(derived -> out.append(difference(derived, table)));
            }
        }
        if (!out.isEmpty()) {
            faults.add("\n" + statement + out);
        }
    }

    private Set<TableId> there() {
        return catalog.query("SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA IN ("
                        + DdlCorpus.DATABASES.stream().map(d -> "'" + d + "'").collect(Collectors.joining(", ")) + ")"
                        + " AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')").stream()
                .map(row -> new TableId(row.get(0), row.get(1))).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Optional<Table> look(TableId id) {
        return CatalogReader.table(catalog, id).map(table -> server.logsCascades() ? CatalogReader.withoutCascades(table) : table);
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
        shape.definition().options().stream().filter(o -> !o.name().equals("AUTO_INCREMENT") && !o.name().equals("TABLESPACE"))
                .map(o -> plain(o.name() + "=" + o.value().stream().map(Token::value).collect(Collectors.joining())))
                .sorted().forEach(texts::add);
        return texts;
    }

    /** Servers write expressions anew: with brackets, quotes and introducers of their own. */
    private static String loosely(Element element) {
        return plain(DefinitionText.element(element)).replaceAll("_(utf8mb[34]|latin1|binary|ascii|utf8|gbk)\\\\?(?=')", "")
                .replace("\\'", "'").replaceAll("[`() ']", "").replaceAll("(\\.\\d*?)0+\\b", "$1").replaceAll("\\.$", "")
                .replaceAll("ondelete(noaction|restrict)|onupdate(noaction|restrict)", "").replaceAll("curdate|current_date", "today")
                .replaceAll("curtime|current_time(?!s)", "thetime").replaceAll("defaultnow", "defaultcurrent_timestamp")
                .replace("ucase", "upper").replaceAll("octet_length", "length")
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
