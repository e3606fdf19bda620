package io.opendts.model;

import java.util.List;

/**
 * What a source holds, restricted to what a task selects.
 *
 * @param serverVersion as the server prints it
 */
public record Catalog(String serverVersion, List<Table> tables, List<SchemaObject> objects) {

    public Catalog {
        tables = List.copyOf(tables);
        objects = List.copyOf(objects);
    }
}
