package io.opendts.engines.mysql.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a target server can do, as far as making tables on it goes.
 *
 * @param collations every collation by its whole name, with its character set; in lower case
 * @param engines    usable storage engines, in upper case
 * @param definers   accounts, as in {@code app@%}, that the task's account may name as definers; none where it may not know or not name any
 * @param wanted     collations of the source that the task maps to others, in lower case
 */
public record TargetFacts(ServerVersion version, Map<String, String> collations, Set<String> engines, int lowerCaseTableNames,
                          Set<String> definers, Map<String, String> wanted) {

    /** Privileges that let an account name others as definers: SET USER of MariaDB, the rest of MySQL's versions. */
    private static final Pattern NAMES_OTHERS = Pattern.compile(
            "^GRANT .*\\b(ALL PRIVILEGES|SUPER|SET USER|SET_USER_ID|SET_ANY_DEFINER)\\b.* ON \\*\\.\\* .*", Pattern.DOTALL);

    /** MariaDB from here on lists a collation once for all of its character sets, and its whole names elsewhere. */
    private static final int MARIADB_SHARED_COLLATIONS = 101001;

    public TargetFacts {
        collations = Map.copyOf(collations);
        engines = Set.copyOf(engines);
        definers = Set.copyOf(definers);
        wanted = Map.copyOf(wanted);
    }

    public TargetFacts(ServerVersion version, Map<String, String> collations, Set<String> engines, int lowerCaseTableNames) {
        this(version, collations, engines, lowerCaseTableNames, Set.of(), Map.of());
    }

    public TargetFacts wanting(Map<String, String> mapped) {
        return new TargetFacts(version, collations, engines, lowerCaseTableNames, definers, mapped);
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
        return new TargetFacts(version, names, engines, Integer.parseInt(first.get(1)), definers(session), Map.of());
    }

    private static Set<String> definers(SqlSession session) {
        try {
            boolean may = session.query("SHOW GRANTS").stream().anyMatch(row -> NAMES_OTHERS.matcher(row.getFirst()).matches());
            return !may ? Set.of() : session.query("SELECT User, Host FROM mysql.user").stream()
                    .map(row -> row.get(0) + '@' + row.get(1)).collect(Collectors.toSet());
        } catch (SqlSession.Refused mayNotRead) {
            return Set.of();
        }
    }

    /** How the server writes a table's name that it is given. */
    public String folded(String table) {
        return lowerCaseTableNames == 1 ? table.toLowerCase(Locale.ROOT) : table;
    }

    boolean hasCharset(String charset) {
        return collations.containsValue(charset.toLowerCase(Locale.ROOT));
    }

    boolean hasCollation(String collation) {
        return collations.containsKey(collation.toLowerCase(Locale.ROOT));
    }
}
