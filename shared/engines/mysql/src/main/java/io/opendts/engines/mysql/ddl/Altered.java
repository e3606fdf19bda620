package io.opendts.engines.mysql.ddl;

import io.opendts.model.Table;
import java.util.Optional;

/**
 * One table before and after a statement.
 *
 * @param before empty for one that is made
 * @param after  empty for one that is dropped; under another name for one that is renamed
 */
public record Altered(Optional<Table> before, Optional<Table> after) {

    static Altered made(Table after) {
        return new Altered(Optional.empty(), Optional.of(after));
    }

    static Altered changed(Table before, Table after) {
        return new Altered(Optional.of(before), Optional.of(after));
    }

    static Altered dropped(Table before) {
        return new Altered(Optional.of(before), Optional.empty());
    }
}
