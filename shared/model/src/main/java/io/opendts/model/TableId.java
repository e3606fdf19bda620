package io.opendts.model;

import java.util.Objects;

/** A table by its database (or schema) and its own name, both exactly as the server writes them. */
public record TableId(String database, String name) implements Comparable<TableId> {

    public TableId {
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(name, "name");
    }

    @Override
    public int compareTo(TableId other) {
        int byDatabase = database.compareTo(other.database);
        return byDatabase != 0 ? byDatabase : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return database + "." + name;
    }
}
