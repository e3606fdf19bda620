package io.opendts.engines.mysql.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a target server can do, as far as making tables on it goes.
 *
 * @param collations every collation by its whole name, with its character set; in lower case
 * @param engines    usable storage engines, in upper case
 * @param wanted     collations of the source that the task maps to others, in lower case
 */
public record TargetFacts(ServerVersion version, Map<String, String> collations, Set<String> engines, int lowerCaseTableNames,
                          Map<String, String> wanted) {

    /** MariaDB from here on lists a collation once for all of its character sets, and its whole names elsewhere. */
    private static final int MARIADB_SHARED_COLLATIONS = 101001;

    public TargetFacts {
        collations = Map.copyOf(collations);
        engines = Set.copyOf(engines);
        wanted = Map.copyOf(wanted);
    }

    public TargetFacts(ServerVersion version, Map<String, String> collations, Set<String> engines, int lowerCaseTableNames) {
        this(version, collations, engines, lowerCaseTableNames, Map.of());
    }

    TargetFacts wanting(Map<String, String> mapped) {
        return new TargetFacts(version, collations, engines, lowerCaseTableNames, mapped);
    }

    public static TargetFacts read(SqlSession session) {
        List<String> first = session.query("SELECT VERSION(), @@lower_case_table_names").getFirst();
        ServerVersion version = ServerVersion.parse(first.getFirst());
        String collations = version.mariaDbFrom(MARIADB_SHARED_COLLATIONS)
                ? "SELECT FULL_COLLATION_NAME, CHARACTER_SET_NAME FROM information_schema.COLLATION_CHARACTER_SET_APPLICABILITY"
                : "SELECT COLLATION_NAME, CHARACTER_SET_NAME FROM information_schema.COLLATIONS";
        Map<String, String> names = new HashMap<>();
        for (List<String> row : session.query(collations)) {
            if (row.get(0) != null && row.get(1) != null) {
                names.put(row.get(0).toLowerCase(Locale.ROOT), row.get(1).toLowerCase(Locale.ROOT));
            }
        }
        Set<String> engines = session.query("SELECT ENGINE FROM information_schema.ENGINES WHERE SUPPORT IN ('YES', 'DEFAULT')").stream()
                .map(row -> row.getFirst().toUpperCase(Locale.ROOT)).collect(Collectors.toSet());
        return new TargetFacts(version, names, engines, Integer.parseInt(first.get(1)));
    }

    /** How the server writes a table's name that it is given. */
    String folded(String table) {
        return lowerCaseTableNames == 1 ? table.toLowerCase(Locale.ROOT) : table;
    }

    boolean hasCharset(String charset) {
        return collations.containsValue(charset.toLowerCase(Locale.ROOT));
    }

    boolean hasCollation(String collation) {
        return collations.containsKey(collation.toLowerCase(Locale.ROOT));
    }
}
