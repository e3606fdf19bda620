package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.OkResult;
import io.opendts.engines.mysql.wire.SqlBytes;
import io.opendts.model.Relation;
import io.opendts.spi.RowSink;

/**
 * Loads rows by multi-row statements, for targets that do not allow LOAD DATA LOCAL. One statement is under way while the
 * next one is built. One thread; one instance a load.
 */
final class InsertSink implements RowSink {

    private final MySqlConnection connection;
    private final Relation relation;
    private final RowStatements statements;
    private final SqlBytes sql;
    private final boolean keep;
    private final StatementLimit limit;
    private long rowsInStatement;
    private long rowsUnderWay;
    private long emptyEnums;
    private long emptyEnumsUnderWay;

    InsertSink(MySqlConnection connection, Relation relation, boolean keep, JsonForm json, StatementLimit limit) {
        this.connection = connection;
        this.relation = relation;
        this.statements = new RowStatements(relation, json);
        this.keep = keep;
        this.limit = limit;
        this.sql = new SqlBytes(limit.bytes() + (64 << 10));
    }

    @Override
    public void row(byte[] buffer, int offset, int length) {
        if (rowsInStatement > 0) {
            sql.raw(',');
        } else if (keep) {
            statements.keepHead(sql);
        } else if (relation.keyless()) {
            statements.insertHead(sql);
        } else {
            statements.replaceHead(sql);
        }
        emptyEnums += statements.tuple(sql, buffer, offset, length);
        rowsInStatement++;
        if (sql.size() >= limit.bytes()) {
            send();
        }
    }

    private void send() {
        // an answer is looked at before the next statement goes, since SHOW WARNINGS tells only of the last one
        await();
        limit.check(sql.size(), relation);
        connection.sendQuery(sql);
        connection.flush();
        emptyEnumsUnderWay = emptyEnums;
        rowsUnderWay = rowsInStatement;
        emptyEnums = 0;
        sql.clear();
        rowsInStatement = 0;
    }

    private void await() {
        if (connection.awaited() > 0) {
            OkResult ok = connection.readOk();
            Warnings.inspect(connection, relation, ok, emptyEnumsUnderWay, keep ? rowsUnderWay - ok.affectedRows() : 0);
        }
    }

    void finish() {
        if (rowsInStatement > 0) {
            send();
        }
        await();
    }
}
