package io.opendts.engines.mysql.schema;

import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What SHOW CREATE TABLE prints. MariaDB does not double a back-quote in the names of foreign keys and of their columns (11.4.5;
 * MySQL and its other names are right): where such a name may be, foreign keys are put together from the server's views instead,
 * which open the table once more.
 */
final class TableText {

    private static final Pattern FOREIGN_KEY = Pattern.compile("(?m)^  CONSTRAINT `.*` FOREIGN KEY \\(.*\\) REFERENCES .*?(,?)$");
    private static final String PLAIN = "`[^`]+`";
    private static final Pattern CLEAR = Pattern.compile("  CONSTRAINT " + PLAIN + " FOREIGN KEY \\(" + PLAIN + "(?:, " + PLAIN
            + ")*\\) REFERENCES (?:`(?:[^`]|``)+`\\.)?`(?:[^`]|``)+` \\(" + PLAIN + "(?:, " + PLAIN + ")*\\)[A-Z ]*,?");

    private TableText() {}

    /** @throws SqlSession.Refused as the server does, 1146 for a table that is not there */
    static String read(SqlSession session, TableId table) {
        String text = session.query("SHOW CREATE TABLE " + SqlNames.quote(table)).getFirst().get(1);
        List<MatchResult> foreignKeys = FOREIGN_KEY.matcher(text).results().toList();
        boolean clear = foreignKeys.isEmpty()
                || !text.contains("``") && foreignKeys.stream().allMatch(k -> CLEAR.matcher(k.group()).matches());
        if (clear || !ServerVersion.parse(session.query("SELECT VERSION()").getFirst().getFirst()).mariaDb()) {
            return text;
        }
        String put = String.join(",\n", foreignKeys(session, table)) + foreignKeys.getLast().group(1);
        return text.substring(0, foreignKeys.getFirst().start()) + put + text.substring(foreignKeys.getLast().end());
    }

    private static List<String> foreignKeys(SqlSession session, TableId table) {
        String database = SqlNames.literal(table.database());
        String name = SqlNames.literal(table.name());
        Map<String, List<List<String>>> keys = new LinkedHashMap<>();
        session.query("SELECT k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_COLUMN_NAME, k.REFERENCED_TABLE_SCHEMA,"
                + " k.REFERENCED_TABLE_NAME, r.DELETE_RULE, r.UPDATE_RULE FROM information_schema.KEY_COLUMN_USAGE k"
                + " JOIN information_schema.REFERENTIAL_CONSTRAINTS r ON r.CONSTRAINT_NAME = k.CONSTRAINT_NAME"
                + " WHERE k.TABLE_SCHEMA = " + database + " AND k.TABLE_NAME = " + name + " AND k.REFERENCED_TABLE_NAME IS NOT NULL"
                + " AND r.CONSTRAINT_SCHEMA = " + database + " AND r.TABLE_NAME = " + name
                + " ORDER BY k.CONSTRAINT_NAME, k.ORDINAL_POSITION").forEach(row ->
                keys.computeIfAbsent(row.getFirst(), _ -> new ArrayList<>()).add(row));
        return keys.entrySet().stream().map(key -> {
            List<String> row = key.getValue().getFirst();
            return "  CONSTRAINT " + SqlNames.quote(key.getKey()) + " FOREIGN KEY " + columns(key.getValue(), 1) + " REFERENCES "
                    + SqlNames.quote(new TableId(row.get(3), row.get(4))) + " " + columns(key.getValue(), 2)
                    + rule(" ON DELETE ", row.get(5)) + rule(" ON UPDATE ", row.get(6));
        }).toList();
    }

    private static String columns(List<List<String>> rows, int at) {
        return SqlNames.quoteAll(rows.stream().map(row -> row.get(at)).toList());
    }

    /** RESTRICT is what a foreign key does that says nothing. */
    private static String rule(String when, String rule) {
        return rule.equals("RESTRICT") ? "" : when + rule;
    }
}
