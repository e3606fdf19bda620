package io.opendts.engines.mysql.schema;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.SchemaObject;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A target's session while its schema is made. One thread. */
final class Target {

    private static final Set<Integer> DENIED = Set.of(1044, 1045, 1142, 1143, 1227, 1370, 1410, 1418, 1419);
    /** Syntax, unknown function, collation, character set, type or variable: the target's version does not know it. */
    private static final Set<Integer> UNKNOWN = Set.of(1064, 1115, 1128, 1235, 1273, 1305, 1630, 1911, 4161, 1901, 3758, 3770);

    private static final int UNKNOWN_VARIABLE = 1193;
    private static final int EVENT_IS_OVER = 1589;

    private final SqlSession session;
    private final Consumer<String> report;
    private final Map<String, Set<String>> tables = new HashMap<>();

    Target(SqlSession session, Consumer<String> report) {
        this.session = session;
        this.report = report;
    }

    void report(String text) {
        report.accept(text);
    }

    /** What not every version has is set where it is there and the user may; each only makes room for what the source already has. */
    void prepare() {
        session.execute("SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', foreign_key_checks = 0");
        for (String setting : List.of("explicit_defaults_for_timestamp = 1", "innodb_strict_mode = 0", "sql_require_primary_key = 0",
                "sql_generate_invisible_primary_key = 0", "restrict_fk_on_non_standard_key = 0", "character_set_collations = ''")) {
            try {
                session.execute("SET SESSION " + setting);
            } catch (SqlSession.Refused e) {
                if (e.number() != UNKNOWN_VARIABLE && !isSo(setting)) {
                    report.accept("the target refuses SET SESSION " + setting + ": " + e.getMessage());
                }
            }
        }
    }

    /** Servers ask for the privilege even where nothing would change; by then the variable is known to be there. */
    private boolean isSo(String setting) {
        String[] parts = setting.split(" = ");
        return session.query("SELECT @@SESSION." + parts[0] + " = " + parts[1]).getFirst().getFirst().equals("1");
    }

    static void refuse(List<TableScript.Problem> problems) {
        if (!problems.isEmpty()) {
            String all = problems.stream().map(p -> p.object() + ": " + p.reason()).collect(Collectors.joining("; "));
            throw new DtsException(ErrorCode.TARGET_OBJECT_UNSUPPORTED, "the target cannot have " + all,
                    "leave the object out of the task, change it on the source, or take a newer target");
        }
    }

    static DtsException failure(String object, SqlSession.Refused refused) {
        String message = object + ": " + refused.getMessage() + " (" + refused.number() + ")";
        if (DENIED.contains(refused.number())) {
            return new DtsException(ErrorCode.TARGET_PRIVILEGES, message, "grant the task's user on the target what the message asks for;"
                    + " for 1418 and 1419 set log_bin_trust_function_creators=1 there", refused);
        }
        if (UNKNOWN.contains(refused.number())) {
            return new DtsException(ErrorCode.TARGET_OBJECT_UNSUPPORTED, message,
                    "leave the object out of the task, or rewrite it on the source in a way that both servers know", refused);
        }
        return new DtsException(ErrorCode.TARGET_STATEMENT_FAILED, message,
                "remove the cause on the target, then resume the task", refused);
    }

    void run(String object, String sql) {
        try {
            session.execute(sql);
        } catch (SqlSession.Refused e) {
            throw failure(object, e);
        }
    }

    /** Tables and views of a database, as the target writes their names; read once. */
    Set<String> tables(String database) {
        return tables.computeIfAbsent(database, name -> names("SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = "
                + SqlNames.literal(name)));
    }

    private Set<String> names(String sql) {
        Set<String> names = new HashSet<>();
        session.query(sql).forEach(row -> names.add(row.getFirst()));
        return names;
    }

    /** Routines, triggers and events have names without case. */
    boolean has(ObjectScript script, TargetFacts facts) {
        String database = SqlNames.literal(facts.folded(script.target().database()));
        boolean likeTables = script.kind() == SchemaObject.Kind.VIEW || script.kind() == SchemaObject.Kind.SEQUENCE;
        String name = SqlNames.literal(likeTables ? facts.folded(script.target().name()) : script.target().name());
        String from = switch (script.kind()) {
            case VIEW, SEQUENCE -> "TABLES WHERE TABLE_SCHEMA = " + database + " AND TABLE_NAME = " + name;
            case FUNCTION, PROCEDURE -> "ROUTINES WHERE ROUTINE_SCHEMA = " + database + " AND ROUTINE_NAME = " + name
                    + " AND ROUTINE_TYPE = " + SqlNames.literal(script.routineType());
            case TRIGGER -> "TRIGGERS WHERE TRIGGER_SCHEMA = " + database + " AND TRIGGER_NAME = " + name;
            case EVENT -> "EVENTS WHERE EVENT_SCHEMA = " + database + " AND EVENT_NAME = " + name;
            case DATABASE -> "SCHEMATA WHERE SCHEMA_NAME = " + database;
        };
        return !session.query("SELECT 1 FROM information_schema." + from).isEmpty();
    }

    /** Empty when it was made. */
    Optional<SqlSession.Refused> make(ObjectScript script) {
        return make(script, script.create());
    }

    /** As {@link #make}, in the place of what has its name. */
    Optional<SqlSession.Refused> replace(ObjectScript script) {
        return make(script, script.create().replaceFirst("(?i)^(\\s*CREATE)\\b", "$1 OR REPLACE"));
    }

    private Optional<SqlSession.Refused> make(ObjectScript script, String create) {
        Optional<SqlSession.Refused> refused = asMade(script, create);
        if (refused.isEmpty()) {
            script.notes().forEach(report);
            report.accept(script.kind().name().toLowerCase(Locale.ROOT) + " " + script.target());
        }
        return refused;
    }

    /** Runs a statement in the session settings under which the object was made on the source. */
    private Optional<SqlSession.Refused> asMade(ObjectScript script, String statement) {
        try {
            session.execute("USE " + SqlNames.quote(script.target().database()));
            session.execute("SET SESSION sql_mode = " + SqlNames.literal(script.sqlMode()));
            if (script.timeZone().isPresent()) {
                session.execute("SET SESSION time_zone = " + SqlNames.literal(script.timeZone().get()));
            }
            if (script.collation().isPresent()) {
                session.execute("SET SESSION collation_connection = " + SqlNames.literal(script.collation().get()));
            }
            session.execute(statement);
            return Optional.empty();
        } catch (SqlSession.Refused e) {
            return Optional.of(e);
        } finally {
            session.execute("SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION', time_zone = '+00:00',"
                    + " collation_connection = utf8mb4_general_ci");
        }
    }

    /** Adds what the table does not have yet, by name: all that can go together in one pass over the table. */
    void add(TableId table, List<TableScript.Addition> additions, String what) {
        if (additions.isEmpty()) {
            return;
        }
        Set<String> there = present(table, what.equals("foreign key"));
        List<TableScript.Addition> missing = additions.stream().filter(a -> !there.contains(a.name().toLowerCase(Locale.ROOT))).toList();
        List<List<TableScript.Addition>> passes = new ArrayList<>();
        List<TableScript.Addition> together = missing.stream().filter(a -> !a.alone()).toList();
        if (!together.isEmpty()) {
            passes.add(together);
        }
        missing.stream().filter(TableScript.Addition::alone).forEach(a -> passes.add(List.of(a)));
        for (List<TableScript.Addition> pass : passes) {
            String clauses = pass.stream().map(TableScript.Addition::clause).collect(Collectors.joining(", "));
            run("table " + table, "ALTER TABLE " + SqlNames.quote(table) + " " + clauses);
            pass.forEach(a -> report.accept(what + " " + table + "." + a.name()));
        }
    }

    /** Lifts the number that the table gives next; a lower one than it would give is of no effect. */
    void count(TableId table, long next) {
        TableDefinition now = definition(table);
        boolean counts = now.columns().stream().anyMatch(c -> c.attribute(TableDefinition.Attribute.Kind.AUTO_INCREMENT).isPresent());
        long there = now.option("AUTO_INCREMENT").map(Long::parseUnsignedLong).orElse(1L);
        if (counts && Long.compareUnsigned(there, next) < 0) {
            run("table " + table, "ALTER TABLE " + SqlNames.quote(table) + " AUTO_INCREMENT = " + Long.toUnsignedString(next));
            report.accept("table " + table + " counts on from " + Long.toUnsignedString(next));
        }
    }

    /** Lifts the number that a sequence of MariaDB gives next, and how often it has begun anew; SETVAL never goes back. */
    void count(TableId sequence, String next, String rounds) {
        try {
            session.query("SELECT SETVAL(" + SqlNames.quote(sequence) + ", " + next + ", 0, " + rounds + ")");
        } catch (SqlSession.Refused e) {
            throw failure("sequence " + sequence, e);
        }
    }

    /** An event whose time has gone by refuses to be enabled (1589), or takes it without effect. */
    void enable(ObjectScript event, String statement) {
        Optional<SqlSession.Refused> refused = asMade(event, statement);
        if (refused.isEmpty()) {
            report.accept("enabled event " + event.target());
        } else if (refused.get().number() == EVENT_IS_OVER) {
            report.accept("event " + event.target() + " stays disabled: its time has gone by");
        } else {
            throw failure("event " + event.target(), refused.get());
        }
    }

    private TableDefinition definition(TableId table) {
        try {
            return TableDefinition.parse(TableText.read(session, table));
        } catch (SqlSession.Refused e) {
            throw failure("table " + table, e);
        }
    }

    /** MySQL gives an index and the foreign key that it serves the same name. */
    private Set<String> present(TableId table, boolean foreignKeys) {
        TableDefinition now = definition(table);
        Set<String> names = new HashSet<>();
        if (foreignKeys) {
            now.foreignKeys().forEach(k -> names.add(k.name().toLowerCase(Locale.ROOT)));
        } else {
            now.keys().forEach(k -> names.add(k.name().toLowerCase(Locale.ROOT)));
        }
        return names;
    }
}
