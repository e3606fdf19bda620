package io.opendts.engines.mysql.schema;

import io.opendts.model.DtsException;
import io.opendts.model.ObjectName;
import io.opendts.model.SchemaObject;
import io.opendts.model.SchemaObject.Kind;
import io.opendts.model.TableId;
import io.opendts.spi.CheckScope.ExistingTables;
import io.opendts.spi.ObjectChange;
import io.opendts.spi.ObjectChange.Refused;
import io.opendts.spi.ObjectChange.State;
import io.opendts.spi.SchemaPlan;
import io.opendts.spi.SchemaPlan.Triggers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes objects of a target what they are on the source. Views and sequences take the place of what is there; others are dropped
 * before they are made, once the target is known to understand them. One session, one thread.
 */
public final class ObjectFollower {

    private static final int NO_DATABASE = 1049;

    private final SqlSession session;
    private final ObjectChange change;
    private final TargetFacts facts;
    private final Target target;
    private final SchemaMaker.Scripts scripts;
    private final Map<ObjectName, Refused> refused = new LinkedHashMap<>();

    private ObjectFollower(SqlSession session, ObjectChange change, Consumer<String> report) {
        this.session = session;
        this.change = change;
        this.target = new Target(session, report);
        target.prepare();
        this.facts = TargetFacts.read(session);
        this.scripts = SchemaMaker.Scripts.of(new SchemaPlan(change.catalog(), change.selector(), ExistingTables.ERROR, change.triggers()),
                facts);
    }

    /** Leaves the session in settings of its own. */
    public static List<Refused> follow(SqlSession session, ObjectChange change, Consumer<String> report) {
        ObjectFollower follower = new ObjectFollower(session, change, report);
        List<State> states = change.states().stream().filter(follower::isFollowed)
                .sorted(Comparator.comparing((State state) -> state.name().kind())).toList();
        for (State state : states.reversed()) {
            if (state.now().isEmpty()) {
                follower.attempt(state, () -> follower.drop(state.name()));
            }
        }
        follower.make(states.stream().filter(state -> !state.now().isEmpty()).toList());
        return List.copyOf(follower.refused.values());
    }

    /** Triggers and events that a target does not have before its cut-over are made then, as they are then. */
    private boolean isFollowed(State state) {
        return switch (state.name().kind()) {
            case TRIGGER -> change.triggers() == Triggers.GUARDED;
            case EVENT -> change.triggers() != Triggers.SKIP;
            case DATABASE, SEQUENCE, FUNCTION, PROCEDURE, VIEW -> true;
        };
    }

    /** Again and again until nothing more succeeds: so the order finds itself. */
    private void make(List<State> states) {
        List<State> waiting = new ArrayList<>(states);
        for (int before = waiting.size() + 1; !waiting.isEmpty() && waiting.size() < before; ) {
            before = waiting.size();
            waiting.removeIf(state -> attempt(state, () -> make(state)));
        }
    }

    private boolean attempt(State state, Runnable work) {
        try {
            work.run();
            refused.remove(state.name());
            return true;
        } catch (DtsException e) {
            refused.put(state.name(), new Refused(state.name(), e.code(), e.getMessage(), e.remedy()));
            return false;
        }
    }

    private void make(State state) {
        if (state.name().kind() == Kind.DATABASE) {
            SchemaObject database = state.now().getFirst();
            change.selector().database(database.id().database()).ifPresent(to -> {
                target.run("database " + to, "CREATE DATABASE IF NOT EXISTS " + SqlNames.quote(to) + scripts.defaults(database));
                if (state.known()) {
                    target.run("database " + to, "ALTER DATABASE " + SqlNames.quote(to) + scripts.defaults(database));
                }
            });
            return;
        }
        List<ObjectScript> made = state.now().stream().flatMap(object -> scripts.script(object).stream()).toList();
        made.forEach(this::understood);
        if (!made.isEmpty() && !takesPlace(state.name().kind())) {
            drop(state.name());
        }
        for (ObjectScript script : made) {
            Optional<SqlSession.Refused> refusal = takesPlace(script.kind()) ? target.replace(script) : target.make(script);
            if (refusal.isPresent()) {
                throw Target.failure(state.name().toString(), refusal.get());
            }
        }
        if (state.name().kind() == Kind.SEQUENCE && !made.isEmpty()) {
            Map<String, String> settings = state.now().getFirst().settings();
            target.count(made.getFirst().target(), settings.get(ObjectReader.NEXT), settings.get(ObjectReader.ROUNDS));
        }
    }

    private static boolean takesPlace(Kind kind) {
        return kind == Kind.VIEW || kind == Kind.SEQUENCE;
    }

    /** What is there is not given up for what cannot be made. */
    private void understood(ObjectScript script) {
        Target.refuse(script.problems());
        if (!takesPlace(script.kind())) {
            Optional<String> refusal = new Trial(session).refusal(script);
            Target.refuse(refusal.map(reason -> new TableScript.Problem(script.source().toString(), reason)).stream().toList());
        }
    }

    private void drop(ObjectName name) {
        if (name.kind() == Kind.DATABASE) {
            dropDatabase(name.id().database());
            return;
        }
        Optional<TableId> to = name.kind() == Kind.TRIGGER
                ? change.selector().database(name.id().database()).map(database -> new TableId(database, name.id().name()))
                : change.selector().object(name.kind(), name.id());
        to.ifPresent(id -> words(name.kind(), id).forEach(word ->
                dropIfThere(name, "DROP " + word + " IF EXISTS " + SqlNames.quote(id))));
    }

    private void dropIfThere(ObjectName name, String sql) {
        try {
            session.execute(sql);
        } catch (SqlSession.Refused e) {
            if (e.number() != NO_DATABASE) {
                throw Target.failure(name.toString(), e);
            }
        }
    }

    /** MariaDB's packages are among the procedures; a body goes in front of its package. */
    private List<String> words(Kind kind, TableId id) {
        if (kind != Kind.PROCEDURE || !facts.version().mariaDb()) {
            return List.of(kind.name());
        }
        return session.query("SELECT ROUTINE_TYPE FROM information_schema.ROUTINES WHERE ROUTINE_TYPE <> 'FUNCTION' AND ROUTINE_SCHEMA = "
                + SqlNames.literal(facts.folded(id.database())) + " AND ROUTINE_NAME = " + SqlNames.literal(id.name())
                + " ORDER BY ROUTINE_TYPE DESC").stream().map(List::getFirst).toList();
    }

    /** Only where the source's was selected as a whole, no other one of the source is in it, and nothing else is. */
    private void dropDatabase(String source) {
        Optional<String> to = change.selector().objects(source) ? change.selector().database(source) : Optional.empty();
        if (to.isEmpty() || change.catalog().objects().stream().filter(other -> other.kind() == Kind.DATABASE)
                .map(other -> other.id().database()).filter(other -> !other.equalsIgnoreCase(source))
                .anyMatch(other -> change.selector().database(other).filter(to.get()::equalsIgnoreCase).isPresent())) {
            return;
        }
        String is = " = " + SqlNames.literal(facts.folded(to.get()));
        boolean used = !session.query("SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA" + is
                + " UNION SELECT 1 FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA" + is
                + " UNION SELECT 1 FROM information_schema.EVENTS WHERE EVENT_SCHEMA" + is).isEmpty();
        if (used) {
            target.report("database " + to.get() + " stays: there is more in it than the source had");
        } else {
            target.run("database " + to.get(), "DROP DATABASE IF EXISTS " + SqlNames.quote(to.get()));
        }
    }
}
