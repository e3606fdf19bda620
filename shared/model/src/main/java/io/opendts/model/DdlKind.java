package io.opendts.model;

import java.util.Arrays;
import java.util.Locale;

/** The kinds of schema changes that a task can treat differently. Those that take data away are kinds of their own. */
public enum DdlKind {
    CREATE_TABLE("CREATE TABLE, with LIKE and SELECT too"),
    ALTER_TABLE("what ALTER TABLE does and no other kind names"),
    DROP_COLUMN("ALTER TABLE ... DROP COLUMN"),
    DROP_PARTITION("ALTER TABLE that drops, empties or exchanges partitions, or takes a table's tablespace"),
    DROP_TABLE("DROP TABLE, and the table that CREATE OR REPLACE TABLE replaces"),
    RENAME_TABLE("RENAME TABLE and ALTER TABLE ... RENAME TO"),
    TRUNCATE("TRUNCATE TABLE"),
    INDEX("CREATE and DROP INDEX, and the indexes of ALTER TABLE but the primary key"),
    VIEW("CREATE, ALTER and DROP VIEW"),
    ROUTINE("procedures and functions, and packages of MariaDB"),
    TRIGGER("CREATE and DROP TRIGGER"),
    EVENT("CREATE, ALTER and DROP EVENT"),
    SEQUENCE("sequences of MariaDB"),
    DATABASE("CREATE and ALTER DATABASE"),
    DROP_DATABASE("DROP DATABASE"),
    OTHER("everything else");

    private final String covers;

    DdlKind(String covers) {
        this.covers = covers;
    }

    /** The statements of this kind, for people. */
    public String covers() {
        return covers;
    }

    /** As users write it: drop-table. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException for a key that is none */
    public static DdlKind of(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind of schema change is called " + key));
    }

    /** Whether what it changes is a table, whose own policy decides. */
    public boolean ofTable() {
        return switch (this) {
            case CREATE_TABLE, ALTER_TABLE, DROP_COLUMN, DROP_PARTITION, DROP_TABLE, RENAME_TABLE, TRUNCATE, INDEX -> true;
            case VIEW, ROUTINE, TRIGGER, EVENT, SEQUENCE, DATABASE, DROP_DATABASE, OTHER -> false;
        };
    }
}
