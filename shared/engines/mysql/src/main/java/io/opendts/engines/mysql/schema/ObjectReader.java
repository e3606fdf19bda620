package io.opendts.engines.mysql.schema;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.ObjectName;
import io.opendts.model.SchemaObject;
import io.opendts.model.SchemaObject.Kind;
import io.opendts.model.TableId;
import io.opendts.spi.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads what is not a table. The session's database is the one that is read: then the server leaves its name out of the text
 * of views wherever it can.
 */
final class ObjectReader {

    static final String COLLATION = "collation_connection";
    /** The database's default collation when the object was made, where it is another one now. */
    static final String FORMER_DEFAULT = "former_database_collation";
    /** The number that a sequence gives next when nothing of it is cached, and how often it has begun anew. */
    static final String NEXT = "next_not_cached_value";
    static final String ROUNDS = "cycle_count";
    /** At an object that is dropped and made again meanwhile. */
    private static final int LOOKS_MAX = 5;

    private final SqlSession session;
    private final ServerVersion version;
    private final Predicate<ObjectName> wanted;

    ObjectReader(SqlSession session, ServerVersion version) {
        this(session, version, _ -> true);
    }

    /** @param wanted of what is selected */
    ObjectReader(SqlSession session, ServerVersion version, Predicate<ObjectName> wanted) {
        this.session = session;
        this.version = version;
        this.wanted = wanted;
    }

    private boolean reads(Selector selector, Kind kind, TableId id) {
        ObjectName name = new ObjectName(kind, id);
        return selector.takes(name) && wanted.test(name);
    }

    List<SchemaObject> read(String database, Selector selector) {
        List<SchemaObject> objects = new ArrayList<>();
        if (selector.objects(database)) {
            if (version.mariaDb()) {
                sequences(database, selector, objects);
            }
            routines(database, selector, objects);
            for (List<String> row : list("TABLE_NAME", "VIEWS", "TABLE_SCHEMA", database)) {
                TableId id = new TableId(database, row.getFirst());
                if (reads(selector, Kind.VIEW, id)) {
                    object(Kind.VIEW, "VIEW", id, Optional.empty(), 1, -1).ifPresent(objects::add);
                }
            }
            events(database, selector, objects);
        }
        triggers(database, selector, objects);
        return objects;
    }

    private List<List<String>> list(String columns, String view, String schemaColumn, String database) {
        return session.query("SELECT " + columns + " FROM information_schema." + view + " WHERE " + schemaColumn + " = "
                + SqlNames.literal(database) + " ORDER BY 1");
    }

    /** SHOW CREATE tells where it started; where it is stands in its only row. */
    private void sequences(String database, Selector selector, List<SchemaObject> objects) {
        for (List<String> row : session.query("SELECT TABLE_NAME FROM information_schema.TABLES"
                + " WHERE TABLE_TYPE = 'SEQUENCE' AND TABLE_SCHEMA = " + SqlNames.literal(database) + " ORDER BY 1")) {
            TableId id = new TableId(database, row.getFirst());
            if (reads(selector, Kind.SEQUENCE, id)) {
                object(Kind.SEQUENCE, "SEQUENCE", id, Optional.empty(), 1, -1).flatMap(this::counted).ifPresent(objects::add);
            }
        }
    }

    /** Empty where it has gone meanwhile. */
    private Optional<SchemaObject> counted(SchemaObject sequence) {
        return row(Kind.SEQUENCE, "SEQUENCE", sequence.id(), "SELECT " + NEXT + ", " + ROUNDS + " FROM " + SqlNames.quote(sequence.id()))
                .map(now -> new SchemaObject(Kind.SEQUENCE, sequence.id(), Optional.empty(), sequence.definition(), "",
                        Map.of(NEXT, now.getFirst(), ROUNDS, now.get(1))));
    }

    private void routines(String database, Selector selector, List<SchemaObject> objects) {
        for (List<String> row : list("ROUTINE_NAME, ROUTINE_TYPE", "ROUTINES", "ROUTINE_SCHEMA", database)) {
            Kind kind = row.get(1).equals("FUNCTION") ? Kind.FUNCTION : Kind.PROCEDURE;
            TableId id = new TableId(database, row.getFirst());
            if (reads(selector, kind, id)) {
                object(kind, row.get(1), id, Optional.empty(), 2, 1).ifPresent(objects::add);
            }
        }
    }

    private void events(String database, Selector selector, List<SchemaObject> objects) {
        for (List<String> row : list("EVENT_NAME, TIME_ZONE", "EVENTS", "EVENT_SCHEMA", database)) {
            TableId id = new TableId(database, row.getFirst());
            if (reads(selector, Kind.EVENT, id)) {
                object(Kind.EVENT, "EVENT", id, Optional.empty(), 3, 1).map(event -> new SchemaObject(Kind.EVENT, id, Optional.empty(),
                        ObjectScript.withTimeZone(row.get(1), event.definition()), event.sqlMode(), event.settings()))
                        .ifPresent(objects::add);
            }
        }
    }

    /** In the order in which the server fires them: created in that order they fire in it again. So one goes with all of its table. */
    private void triggers(String database, Selector selector, List<SchemaObject> objects) {
        Map<TableId, List<TableId>> byTable = new LinkedHashMap<>();
        for (List<String> row : session.query("SELECT TRIGGER_NAME, EVENT_OBJECT_TABLE FROM information_schema.TRIGGERS"
                + " WHERE TRIGGER_SCHEMA = " + SqlNames.literal(database)
                + " ORDER BY EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER")) {
            TableId table = new TableId(database, row.get(1));
            TableId trigger = new TableId(database, row.getFirst());
            if (selector.table(table).isPresent() && selector.takes(new ObjectName(Kind.TRIGGER, trigger))) {
                byTable.computeIfAbsent(table, _ -> new ArrayList<>()).add(trigger);
            }
        }
        byTable.forEach((table, triggers) -> {
            if (triggers.stream().anyMatch(trigger -> wanted.test(new ObjectName(Kind.TRIGGER, trigger)))) {
                triggers.forEach(id -> object(Kind.TRIGGER, "TRIGGER", id, Optional.of(table), 2, 1).ifPresent(objects::add));
            }
        });
    }

    /** Empty where it has gone since it was listed. */
    private Optional<SchemaObject> object(Kind kind, String word, TableId id, Optional<TableId> table, int textAt, int modeAt) {
        return row(kind, word, id, "SHOW CREATE " + word + " " + SqlNames.quote(id)).map(row -> {
            String text = row.get(textAt);
            if (text == null) {
                throw unreadable(word, id, "the server hides its text from this user");
            }
            return new SchemaObject(kind, id, table, text, modeAt < 0 ? "" : row.get(modeAt),
                    kind == Kind.SEQUENCE ? Map.of() : charset(row, textAt));
        });
    }

    /** Servers call what one may not see unknown: whether it is there the list tells. One that is made anew is there at the next look. */
    private Optional<List<String>> row(Kind kind, String word, TableId id, String query) {
        for (int look = 1; ; look++) {
            try {
                return Optional.of(session.query(query).getFirst());
            } catch (SqlSession.Refused e) {
                if (!listed(kind, word, id)) {
                    return Optional.empty();
                }
                if (look == LOOKS_MAX) {
                    throw unreadable(word, id, e.getMessage());
                }
            }
        }
    }

    private boolean listed(Kind kind, String word, TableId id) {
        String in = SqlNames.literal(id.database());
        String is = SqlNames.literal(id.name());
        String list = switch (kind) {
            case VIEW, SEQUENCE -> "TABLES WHERE TABLE_SCHEMA = " + in + " AND TABLE_NAME = " + is + " AND TABLE_TYPE = '" + word + "'";
            case FUNCTION, PROCEDURE -> "ROUTINES WHERE ROUTINE_SCHEMA = " + in + " AND ROUTINE_NAME = " + is + " AND ROUTINE_TYPE = '"
                    + word + "'";
            case TRIGGER -> "TRIGGERS WHERE TRIGGER_SCHEMA = " + in + " AND TRIGGER_NAME = " + is;
            case EVENT -> "EVENTS WHERE EVENT_SCHEMA = " + in + " AND EVENT_NAME = " + is;
            case DATABASE -> "SCHEMATA WHERE SCHEMA_NAME = " + in;
        };
        return !session.query("SELECT 1 FROM information_schema." + list).isEmpty();
    }

    /**
     * Character set and collation of the session that created it stand behind the text; literals in it are of that kind. Behind them
     * stands the default of the database at that time, which parameters and variables without a collation have.
     */
    private Map<String, String> charset(List<String> row, int textAt) {
        Map<String, String> settings = new HashMap<>();
        if (textAt + 2 < row.size() && row.get(textAt + 2) != null) {
            settings.put(COLLATION, row.get(textAt + 2));
        }
        String then = textAt + 3 < row.size() ? row.get(textAt + 3) : null;
        if (then != null && !then.equals(session.query("SELECT @@collation_database").getFirst().getFirst())) {
            settings.put(FORMER_DEFAULT, then);
        }
        return settings;
    }

    private static DtsException unreadable(String word, TableId id, String reason) {
        return new DtsException(ErrorCode.SOURCE_PRIVILEGES, "SHOW CREATE " + word + " " + id + ": " + reason,
                "grant SHOW VIEW, TRIGGER, EVENT and (MySQL 8.0.20 and later) SHOW_ROUTINE to the task's user,"
                        + " before that SELECT on mysql.proc; or select tables only");
    }
}
