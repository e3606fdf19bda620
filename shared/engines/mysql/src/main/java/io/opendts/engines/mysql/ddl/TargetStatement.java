package io.opendts.engines.mysql.ddl;

import io.opendts.model.TableId;
import java.util.List;
import java.util.Optional;

/**
 * A statement that changes the target's schema. Whether it has been run can be seen from the definitions of the tables.
 *
 * @param tables   on the target that are others, come or go by it
 * @param chosen   the column whose values in the rows that are there the server chooses, and another server may choose otherwise; empty
 *                 for none
 */
public record TargetStatement(List<TableId> tables, String sql, Optional<String> chosen) {

    public TargetStatement {
        tables = List.copyOf(tables);
    }

    TargetStatement(List<TableId> tables, String sql) {
        this(tables, sql, Optional.empty());
    }
}
