package io.opendts.state.database;

import io.opendts.state.database.DatabaseSettings.Product;
import java.util.List;

/** The second step: which layouts were made by statements of the log. */
final class SchemaSecond {

    private static final String TABLE = "relation_changes (task {128} not null, id int not null, primary key (task, id))";

    private SchemaSecond() {}

    static List<String> statements(Product product) {
        return List.of(switch (product) {
            case MYSQL -> SchemaFirst.mysql(TABLE);
            case POSTGRESQL -> SchemaFirst.postgresql(TABLE);
        });
    }
}
