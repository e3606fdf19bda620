package io.opendts.engines.mysql.values;

import java.util.List;

/**
 * A column and the values that it must carry.
 *
 * @param type       the row of TYPES.md that it belongs to
 * @param definition as in CREATE TABLE, without a nullability
 * @param values     SQL expressions; NULL is added by itself
 * @param sources    servers that can have them
 * @param targets    servers that can take them; on the others the schema step must name the column
 * @param session    settings of the session that writes the values, as in SET SESSION
 * @param key        whether the column can be part of a key
 * @param bulky      whether it wants a table of its own
 */
record ValueCase(String type, String definition, List<String> values, Servers sources, Servers targets, String session, boolean key,
        boolean bulky) {

    private static final String STRICT = "sql_mode='STRICT_ALL_TABLES,ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO'";

    ValueCase {
        values = List.copyOf(values);
    }

    static ValueCase of(String type, String definition, List<String> values) {
        return new ValueCase(type, definition, values, Servers.ALL, Servers.ALL, STRICT, false, false);
    }

    static ValueCase of(String type, String definition, String... values) {
        return of(type, definition, List.of(values));
    }

    ValueCase from(Servers only) {
        return new ValueCase(type, definition, values, only, targets, session, key, bulky);
    }

    ValueCase to(Servers only) {
        return new ValueCase(type, definition, values, sources, only, session, key, bulky);
    }

    ValueCase with(String settings) {
        return new ValueCase(type, definition, values, sources, targets, settings, key, bulky);
    }

    ValueCase keyed() {
        return new ValueCase(type, definition, values, sources, targets, session, true, bulky);
    }

    ValueCase alone() {
        return new ValueCase(type, definition, values, sources, targets, session, key, true);
    }

    String value(int row) {
        return values.get(row % values.size());
    }
}
