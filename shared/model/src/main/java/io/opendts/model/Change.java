package io.opendts.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happened on the source, in the order of its log. A transaction is a {@link Begin}, its changes and an {@link End};
 * a transaction too large for one batch has its Begin and its End in different batches.
 */
public sealed interface Change {

    /**
     * A transaction starts.
     *
     * @param id                the source's transaction id (GTID); empty where it has none
     * @param at                where it starts in the log
     * @param committedAtMillis Unix milliseconds by the source's clock; whole seconds on servers that log no better
     */
    record Begin(String id, Position at, long committedAtMillis) implements Change {}

    /** The transaction's last change has been given; {@code position} is where the next one starts. */
    record End(Position position) implements Change {}

    record Insert(Relation relation, Row after) implements Change {}

    record Update(Relation relation, Row before, Row after) implements Change {}

    record Delete(Relation relation, Row before) implements Change {}

    record Truncate(Relation relation) implements Change {}

    /**
     * A statement that changes the schema.
     *
     * @param database  the default database it ran in; may be empty
     * @param statement its text as it was logged
     * @param clock     of the session that ran it
     * @param touched   what it does to which objects, by their names on the source
     * @param told      whether what it does can be told from the text
     * @param tables    selected ones that it makes, changes or drops, in this order; none where that cannot be told
     * @param objects   that are no tables and may be others behind it
     */
    record Ddl(String database, String statement, Clock clock, List<Touched> touched, boolean told, List<Reshaped> tables,
               List<ObjectName> objects) implements Change {

        public Ddl {
            touched = List.copyOf(touched);
            tables = List.copyOf(tables);
            objects = List.copyOf(objects);
        }

        /** One whose outcome is not known. */
        public Ddl(String database, String statement, List<Touched> touched) {
            this(database, statement, Clock.NONE, touched, false, List.of(), List.of());
        }
    }

    /** One of the things that a statement does; the name of an object of a database is kept as a table's. */
    record Touched(DdlKind kind, TableId object) {

        @Override
        public String toString() {
            return kind.key() + " of " + (object.name().isEmpty() ? object.database() : object);
        }
    }

    /**
     * What a statement took for the time.
     *
     * @param offset     from UTC, such as {@code +05:30}; empty where the statement did not depend on it
     * @param unixMicros when it began; whole seconds where it did not depend on more
     */
    record Clock(String offset, long unixMicros) {
        /** Where nothing depends on it. */
        public static final Clock NONE = new Clock("", 0);
    }

    /**
     * A table in front of a statement and behind it.
     *
     * @param before empty for one that is made
     * @param after  empty for one that is dropped
     * @param kept   columns of the table behind it that are columns of the one before it, with their names there; any other is new,
     *               also under a name that was there
     * @param anew   whether its rows are not what the log tells: it is made anew, empty, and copied from the source
     */
    record Reshaped(Optional<Relation> before, Optional<Relation> after, Map<String, String> kept, boolean anew) {

        public Reshaped {
            kept = Map.copyOf(kept);
        }

        /** One whose rows are told by the log. */
        public Reshaped(Optional<Relation> before, Optional<Relation> after, Map<String, String> kept) {
            this(before, after, kept, false);
        }
    }
}
