package io.opendts.engines.mysql.ddl;

import io.opendts.model.TableId;
import java.util.List;

/**
 * A statement that changes the target's schema. Whether it has been run can be seen from the definitions of the tables.
 *
 * @param tables on the target that are others, come or go by it
 */
public record TargetStatement(List<TableId> tables, String sql) {

    public TargetStatement {
        tables = List.copyOf(tables);
    }
}
