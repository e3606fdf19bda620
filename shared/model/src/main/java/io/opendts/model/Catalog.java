package io.opendts.model;

import java.util.List;

/**
 * What a source holds, restricted to what a task selects.
 *
 * @param serverVersion as the server prints it
 * @param foldsNames    whether names of databases and tables that differ by case mean the same there
 */
public record Catalog(String serverVersion, boolean foldsNames, List<Table> tables, List<SchemaObject> objects) {

    public Catalog {
        tables = List.copyOf(tables);
        objects = List.copyOf(objects);
    }

    /** Of a source that tells names apart by case. */
    public Catalog(String serverVersion, List<Table> tables, List<SchemaObject> objects) {
        this(serverVersion, false, tables, objects);
    }
}
