package io.opendts.engines.mysql.schema;

import io.opendts.model.DtsException;
import io.opendts.model.Route;
import io.opendts.model.SchemaObject;
import io.opendts.model.SchemaObject.Kind;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.CheckScope.ExistingTables;
import io.opendts.spi.SchemaPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Makes a source's schema on a target, step by step. Every step looks at what is there and makes what is missing: killed in the
 * middle it is run again. DDL is not transactional on these servers, but each statement is whole or not at all.
 */
public final class SchemaMaker {

    /** By the source's statistics: where they are wrong, the load only takes longer. */
    private static final long SMALL_ROWS = 1_000;

    private final SqlSession.Supplier sessions;

    public SchemaMaker(SqlSession.Supplier sessions) {
        this.sessions = sessions;
    }

    /**
     * @throws DtsException TARGET_OBJECT_UNSUPPORTED for what the target cannot have, TARGET_PRIVILEGES, TARGET_STATEMENT_FAILED
     */
    public void define(SchemaPlan plan, SchemaPlan.Step step, Consumer<String> report) {
        try (SqlSession session = sessions.open()) {
            Consumer<String> inTurn = inTurn(report);
            Target target = new Target(session, inTurn);
            target.prepare();
            Making making = Making.of(plan, target, TargetFacts.read(session), new Crew(sessions, inTurn));
            switch (step) {
                case BEFORE_LOAD -> making.beforeLoad();
                case AFTER_LOAD -> making.afterLoad();
                case CUT_OVER -> making.cutOver();
            }
        } catch (SqlSession.Refused e) {
            throw Target.failure("schema step " + step, e);
        }
    }

    /** Tables are made by several threads. */
    private static Consumer<String> inTurn(Consumer<String> report) {
        Object turn = new Object();
        return text -> {
            synchronized (turn) {
                report.accept(text);
            }
        };
    }

    /** Opens further sessions of the target for what can be done table by table. */
    private record Crew(SqlSession.Supplier sessions, Consumer<String> report) {

        /** What the first session was refused has been told. */
        private Target target(SqlSession session) {
            new Target(session, _ -> { }).prepare();
            return new Target(session, report);
        }
    }

    /** How every table would be made on a target, one after the other: the texts of many thousands are not held together. */
    static void tables(SchemaPlan plan, TargetFacts facts, BiConsumer<Table, TableScript> each) {
        Making making = Making.of(plan, null, facts, null);
        for (Table table : making.tables()) {
            making.route(table).ifPresent(route -> each.accept(table, making.script(table, route, TableRenderer.Indexes.LATER)));
        }
    }

    /** How everything but databases and tables would be made on a target. */
    static Map<SchemaObject, ObjectScript> objects(SchemaPlan plan, TargetFacts facts) {
        Scripts scripts = Scripts.of(plan, facts);
        Map<SchemaObject, ObjectScript> objects = new LinkedHashMap<>();
        for (SchemaObject object : plan.catalog().objects()) {
            if (object.kind() != Kind.DATABASE) {
                scripts.script(object).ifPresent(script -> objects.put(object, script));
            }
        }
        return objects;
    }

    /** How databases and objects of a catalog are made on a target. */
    record Scripts(Making making) {

        static Scripts of(SchemaPlan plan, TargetFacts facts) {
            return new Scripts(Making.of(plan, null, facts, null));
        }

        /** Empty for one that stays behind. */
        Optional<ObjectScript> script(SchemaObject object) {
            return making.script(object);
        }

        /** What stands behind the name of a database. */
        String defaults(SchemaObject database) {
            return Making.defaults(database, making.dialect());
        }
    }

    private record Making(SchemaPlan plan, Target target, TargetFacts facts, ServerVersion source, ObjectNames names, Crew crew) {

        /**
         * @param asked  its selector is narrowed to what is known of columns
         * @param target null, as the crew, where nothing is made
         */
        static Making of(SchemaPlan asked, Target target, TargetFacts facts, Crew crew) {
            SchemaPlan plan = new SchemaPlan(asked.catalog(), new KnownTables(asked.selector(), asked.catalog()), asked.existingTables(),
                    asked.triggers());
            return new Making(plan, target, facts.wanting(plan.selector().collations()),
                    ServerVersion.parse(plan.catalog().serverVersion()),
                    new ObjectNames(plan, plan.catalog().foldsNames()), crew);
        }

        private Making on(Target other) {
            return new Making(plan, other, facts, source, names, crew);
        }

        /** On several sessions at once: the tables must not depend on each other in what is done with them. */
        private void eachTable(BiConsumer<Making, Table> work) {
            SideBySide.each(crew.sessions, tables(), 1, session -> {
                Making making = on(crew.target(session));
                return table -> work.accept(making, table);
            });
        }

        Optional<Route> route(Table table) {
            return plan.selector().route(table);
        }

        /** Of several tables that are merged into one of the target, the one that it is made from. */
        private List<Table> tables() {
            MergedTables merged = MergedTables.of(plan.catalog(), plan.selector(), facts::folded);
            return merged.isEmpty() ? plan.catalog().tables()
                    : plan.catalog().tables().stream().filter(t -> merged.makes(t.id())).toList();
        }

        private List<SchemaObject> objects(Kind... kinds) {
            Set<Kind> wanted = Set.of(kinds);
            return plan.catalog().objects().stream().filter(o -> wanted.contains(o.kind())).toList();
        }

        /** Of every database that the task touches. */
        private Map<String, String> databases() {
            Map<String, String> names = new HashMap<>();
            for (SchemaObject object : objects(Kind.DATABASE)) {
                plan.selector().database(object.id().database()).ifPresent(to -> names.put(object.id().database(), to));
            }
            return names;
        }

        Optional<ObjectScript> script(SchemaObject object) {
            boolean guarded = plan.triggers() == SchemaPlan.Triggers.GUARDED;
            Optional<TableId> table = object.table().flatMap(plan.selector()::table)
                    .filter(route -> route.dataSource().isEmpty()).map(Route::target);
            Optional<TableId> to = object.kind() == Kind.TRIGGER ? table.map(t -> new TableId(t.database(), object.id().name()))
                    : plan.selector().object(object.kind(), object.id());
            if (to.isEmpty()) {
                return Optional.empty();
            }
            Dialect dialect = dialect();
            if (object.kind() == Kind.SEQUENCE && !dialect.toMariaDb()) {
                dialect.findings().problem(object.id().toString(), "a sequence, which MySQL has not");
            }
            return Optional.of(ObjectScript.of(object, to.get(), names, table, guarded, dialect));
        }

        private Dialect dialect() {
            return new Dialect(source, facts, new Findings(), Map.of());
        }

        private TableScript script(Table table, Route route, TableRenderer.Indexes indexes) {
            return TableRenderer.render(table, route, plan.selector(), source, facts, indexes);
        }

        void beforeLoad() {
            makeDatabases();
            clear();
            makeAll(objects(Kind.SEQUENCE));
            countSequences();
            eachTable((making, table) -> making.makeTable(table));
            makeAll(objects(Kind.FUNCTION, Kind.PROCEDURE, Kind.VIEW));
            if (plan.triggers() != SchemaPlan.Triggers.SKIP) {
                makeAll(objects(Kind.EVENT));
            }
            if (plan.triggers() == SchemaPlan.Triggers.GUARDED) {
                makeAll(objects(Kind.TRIGGER));
            }
        }

        private void makeDatabases() {
            Dialect dialect = dialect();
            Set<String> wanted = new HashSet<>();
            for (SchemaObject database : objects(Kind.DATABASE)) {
                String to = databases().get(database.id().database());
                if (to != null && wanted.add(facts.folded(to))) {
                    target.run(to, "CREATE DATABASE IF NOT EXISTS " + SqlNames.quote(to) + defaults(database, dialect));
                    target.report("database " + to);
                }
            }
            Set<String> others = new HashSet<>();
            plan.catalog().tables().forEach(t -> route(t).ifPresent(r -> others.add(r.target().database())));
            for (String other : others) {
                if (wanted.add(facts.folded(other))) {
                    target.run(other, "CREATE DATABASE IF NOT EXISTS " + SqlNames.quote(other));
                    target.report("database " + other);
                }
            }
            dialect.findings().notes().forEach(target::report);
        }

        private static String defaults(SchemaObject database, Dialect dialect) {
            String text = database.definition();
            List<Token> defaults = Lexer.definition(text.substring(text.indexOf(" DEFAULT CHARACTER SET ")));
            return Token.text(dialect.expression(database.id().database(), charsetMapped(dialect, defaults), Map.of()));
        }

        /** A database's character set must be one that the target has: else the tables would have failed as well. */
        private static List<Token> charsetMapped(Dialect dialect, List<Token> tokens) {
            return tokens.stream()
                    .map(t -> t.word() ? Token.word(Collations.charset(t.text(), dialect.target()).orElse(t.text())) : t).toList();
        }

        /** The caller does not come back to this step once the load has begun. */
        private void clear() {
            if (plan.existingTables() != ExistingTables.CLEAR) {
                return;
            }
            for (Table table : tables()) {
                Optional<TableId> to = route(table).map(Route::target);
                if (to.isPresent() && target.tables(facts.folded(to.get().database())).contains(facts.folded(to.get().name()))) {
                    target.run(to.get().toString(), "TRUNCATE TABLE " + SqlNames.quote(to.get()));
                    target.report("emptied table " + to.get());
                }
            }
        }

        /** An index of a few rows costs less with its table than by a statement of its own, which waits for the disk again. */
        private void makeTable(Table table) {
            Optional<Route> route = route(table);
            if (route.isEmpty()) {
                return;
            }
            boolean small = table.rowsEstimated() <= SMALL_ROWS && route.get().dataSource().isEmpty();
            TableScript script = script(table, route.get(), small ? TableRenderer.Indexes.AT_ONCE : TableRenderer.Indexes.LATER);
            if (target.tables(facts.folded(script.target().database())).contains(facts.folded(script.target().name()))) {
                target.report("table " + script.target() + " is there already");
                return;
            }
            Target.refuse(script.problems());
            target.run("table " + script.target(), script.create());
            script.notes().forEach(target::report);
            target.report("table " + script.target());
        }

        /** Makes what is missing, again and again until nothing more succeeds: so the order finds itself. */
        private void makeAll(List<SchemaObject> objects) {
            List<ObjectScript> waiting = new ArrayList<>();
            for (SchemaObject object : objects) {
                Optional<ObjectScript> script = script(object);
                if (script.isPresent() && !target.has(script.get(), facts)) {
                    Target.refuse(script.get().problems());
                    waiting.add(script.get());
                }
            }
            Map<ObjectScript, SqlSession.Refused> refused = new HashMap<>();
            for (int before = waiting.size() + 1; !waiting.isEmpty() && waiting.size() < before; ) {
                before = waiting.size();
                waiting.removeIf(script -> {
                    Optional<SqlSession.Refused> refusal = target.make(script);
                    refusal.ifPresent(r -> refused.put(script, r));
                    return refusal.isEmpty();
                });
            }
            if (!waiting.isEmpty()) {
                ObjectScript first = waiting.getFirst();
                throw Target.failure(first.kind().name().toLowerCase(Locale.ROOT) + " " + first.target(), refused.get(first));
            }
        }

        void afterLoad() {
            Map<TableId, TableScript> referring = new ConcurrentHashMap<>();
            eachTable((making, table) -> making.route(table).ifPresent(route -> {
                TableScript script = making.script(table, route, TableRenderer.Indexes.LATER);
                making.target.add(script.target(), script.indexes(), "index");
                if (!script.foreignKeys().isEmpty()) {
                    referring.put(table.id(), script);
                }
            }));
            for (TableScript script : referring.values()) {
                target.add(script.target(), script.foreignKeys(), "foreign key");
            }
        }

        void cutOver() {
            count();
            if (plan.triggers() == SchemaPlan.Triggers.SKIP) {
                return;
            }
            makeAll(objects(Kind.TRIGGER));
            makeAll(objects(Kind.EVENT));
            for (SchemaObject event : objects(Kind.EVENT)) {
                ObjectScript script = script(event).orElseThrow();
                if (!target.has(script, facts)) {
                    target.report("event " + script.target() + " is not there: its time had gone by, and it was not to be preserved");
                } else {
                    script.enable().ifPresent(statement -> target.enable(script, statement));
                }
            }
        }

        /** Numbers that the source has given away and deleted again left no trace in the rows. */
        private void count() {
            eachTable((making, table) -> making.route(table).ifPresent(route ->
                    TableDefinition.parse(table.definition()).option("AUTO_INCREMENT")
                            .ifPresent(next -> making.target.count(route.target(), Long.parseUnsignedLong(next)))));
            countSequences();
        }

        private void countSequences() {
            for (SchemaObject sequence : objects(Kind.SEQUENCE)) {
                target.count(script(sequence).orElseThrow().target(), sequence.settings().get(ObjectReader.NEXT),
                        sequence.settings().get(ObjectReader.ROUNDS));
            }
        }
    }
}
