package io.opendts.engines.mysql.ddl;

import io.opendts.model.TableId;
import java.util.List;

/** The tables that a statement drops, whether they are known or not. Pure. */
public final class DroppedTables {

    private DroppedTables() {}

    /**
     * As a log has it.
     *
     * @return none for another statement, also for one that is not understood
     */
    public static List<TableId> of(String sql, WrittenUnder session, boolean mariaDb) {
        try {
            return TableStatement.read(sql, session, mariaDb)
                    .map(statement -> statement instanceof TableStatement.Drop(List<TableId> tables, _) ? tables : List.<TableId>of())
                    .orElse(List.of());
        } catch (NotUnderstood another) {
            return List.of();
        }
    }
}
