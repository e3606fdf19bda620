package io.opendts.bench;

import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.Sql;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is in a server's tables: for each its definition, number of rows and CHECKSUM TABLE, which servers of one version
 * compute alike. A source that does not change is read once.
 */
record Content(Map<String, String> tables) {

    Content {
        tables = Map.copyOf(tables);
    }

    static Content of(DatabaseServer server, List<String> tables) {
        Map<String, String> found = new TreeMap<>();
        try (Sql sql = server.sql(Workload.DATABASE)) {
            for (String table : tables) {
                found.put(table, sql.number("select count(*) from " + table) + " rows, checksum "
                        + sql.rows("checksum table " + table + " extended").getFirst().get(1) + ", "
                        + definition(sql.rows("show create table " + table).getFirst().get(1)));
            }
        }
        return new Content(found);
    }

    /** The next automatic number may differ: it is no row's. */
    static String definition(String create) {
        return create.replaceAll(" AUTO_INCREMENT=\\d+", "");
    }

    void requireEqual(Content target) {
        tables.forEach((table, wanted) -> {
            String found = target.tables().get(table);
            if (!wanted.equals(found)) {
                throw new ContestantFailed("NOT EQUAL: " + table + " of the source has " + wanted + "; of the target " + found);
            }
        });
    }
}
