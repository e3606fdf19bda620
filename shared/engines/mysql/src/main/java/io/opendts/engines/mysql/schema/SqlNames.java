package io.opendts.engines.mysql.schema;

import io.opendts.model.TableId;
import java.util.List;
import java.util.stream.Collectors;

/** Writes names and strings into statements. The session's sql_mode has neither ANSI_QUOTES nor NO_BACKSLASH_ESCAPES. */
public final class SqlNames {

    private SqlNames() {}

    public static String quote(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    public static String quote(TableId id) {
        return quote(id.database()) + '.' + quote(id.name());
    }

    public static String quoteAll(List<String> names) {
        return names.stream().map(SqlNames::quote).collect(Collectors.joining(",", "(", ")"));
    }

    public static String literal(String text) {
        return '\'' + text.replace("\\", "\\\\").replace("'", "''") + '\'';
    }
}
