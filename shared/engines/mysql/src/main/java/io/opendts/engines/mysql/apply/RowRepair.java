package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.wire.SqlBytes;
import io.opendts.model.Relation;
import io.opendts.model.Row;
import java.nio.charset.StandardCharsets;

/** Statements that mend single rows, for a script. Pure; one thread. */
public final class RowRepair {

    private final JsonForm json;
    private final SqlBytes sql = new SqlBytes(1 << 16);

    public RowRepair(boolean mariaDb) {
        // what is right for a rough reader is right for all
        this.json = mariaDb ? JsonForm.TEXT : JsonForm.ROUGH;
    }

    /** The modes and zone under which our own sessions write. */
    public static byte[] settings() {
        return ("SET NAMES utf8mb4, time_zone='+00:00', foreign_key_checks=0, sql_mode='" + WriteSession.LENIENT + "'")
                .getBytes(StandardCharsets.UTF_8);
    }

    public byte[] put(Relation relation, Row row) {
        RowStatements statements = new RowStatements(relation, json);
        sql.clear();
        if (relation.keyless()) {
            statements.insertHead(sql);
        } else {
            statements.replaceHead(sql);
        }
        statements.tuple(sql, row);
        return sql.toBytes();
    }

    public byte[] remove(Relation relation, Row row) {
        new RowStatements(relation, json).deleteOne(sql.clear(), row);
        return sql.toBytes();
    }
}
