package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.wire.SqlBytes;
import io.opendts.model.Route;

/** The column of merged tables in statements. It is compared by its own binary collation, so that keys are used. */
final class DataSource {

    static final String COLUMN = SqlBytes.quoted(Route.DATA_SOURCE);

    private DataSource() {}

    /** {@link Route#dataSource()} has neither quotes nor backslashes. */
    static String literal(String value) {
        return "'" + value + "'";
    }

    static String condition(String value) {
        return COLUMN + "=" + literal(value);
    }
}
