package io.opendts.model;

import java.util.Locale;

/** What is not a table, by its name on the source. */
public record ObjectName(SchemaObject.Kind kind, TableId id) {

    /** A database itself: its defaults. */
    public static ObjectName database(String name) {
        return new ObjectName(SchemaObject.Kind.DATABASE, new TableId(name, name));
    }

    /** A database and every object in it. */
    public static ObjectName allOf(String database) {
        return new ObjectName(SchemaObject.Kind.DATABASE, new TableId(database, ""));
    }

    public static ObjectName of(SchemaObject object) {
        return new ObjectName(object.kind(), object.id());
    }

    /** Whether the other one is meant by this; names that differ by case alone may be the same, so they are taken for it. */
    public boolean means(ObjectName other) {
        boolean all = kind == SchemaObject.Kind.DATABASE && id.name().isEmpty();
        return id.database().equalsIgnoreCase(other.id.database())
                && (all || kind == other.kind && id.name().equalsIgnoreCase(other.id.name()));
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + (kind == SchemaObject.Kind.DATABASE ? id.database() : id);
    }
}
