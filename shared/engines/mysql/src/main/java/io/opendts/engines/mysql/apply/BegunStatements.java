package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.ddl.TargetStatement;
import io.opendts.engines.mysql.schema.SqlNames;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.TableId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Runs statements that commit by themselves once each. What the tables were like in front of a statement is recorded first; whoever
 * finds the record later sees from the tables whether the statement was run: on these servers one is whole or not at all. One session
 * that has the task's claim.
 */
final class BegunStatements {

    static final String TABLE = "`_dts`.`statements`";
    static final String TABLE_CREATION = "CREATE TABLE IF NOT EXISTS " + TABLE + " (`task` VARBINARY(255) NOT NULL,"
            + "`change` CHAR(64) NOT NULL,`number` INT NOT NULL,`before` CHAR(64) NOT NULL,`statement` MEDIUMBLOB NOT NULL,"
            + "`done` TINYINT NOT NULL DEFAULT 0,`updated` TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE"
            + " CURRENT_TIMESTAMP(3),PRIMARY KEY (`task`,`change`,`number`)) ENGINE=InnoDB ROW_FORMAT=DYNAMIC";

    private static final int NO_TABLE = 1146;
    private static final int NO_DATABASE = 1049;
    /** Moves with the rows. */
    private static final Pattern COUNTER = Pattern.compile(" AUTO_INCREMENT=\\d+");

    private final MySqlConnection connection;
    private final Progress progress;
    private final String change;

    /** @param id of the change that the statements are for */
    BegunStatements(MySqlConnection connection, Progress progress, String id) {
        this.connection = connection;
        this.progress = progress;
        this.change = HexFormat.of().formatHex(sha256().digest(id.getBytes(StandardCharsets.UTF_8)));
    }

    /** Those of earlier changes are of no use any more: the checkpoint is behind them. */
    void forgetEarlier() {
        connection.execute("DELETE FROM " + TABLE + progress.whereTask() + " AND `change`<>'" + change + "'");
        connection.execute("COMMIT");
    }

    /** @param number of the statement among those of one change */
    void run(int number, TargetStatement statement) {
        String there = digest(statement);
        QueryResult begun = connection.query("SELECT `before`,`done` FROM " + TABLE + where(number));
        connection.execute("COMMIT");
        if (begun.size() == 0) {
            connection.execute("INSERT INTO " + TABLE + " (`task`,`change`,`number`,`before`,`statement`) VALUES ("
                    + Progress.literal(progress.name()) + ",'" + change + "'," + number + ",'" + there + "',"
                    + Progress.literal(statement.sql()) + ")");
            connection.execute("COMMIT");
        } else if (!begun.text(0, 1).equals("0")) {
            return;
        }
        if (begun.size() == 0 || begun.text(0, 0).equals(there)) {
            refuseChosenValues(statement);
            connection.execute(statement.sql());
        }
        connection.execute("UPDATE " + TABLE + " SET `done`=1" + where(number));
        connection.execute("COMMIT");
    }

    /** Of an empty table nobody can tell the difference. */
    private void refuseChosenValues(TargetStatement statement) {
        if (statement.chosen().isEmpty()) {
            return;
        }
        TableId table = statement.tables().getFirst();
        boolean rows = connection.query("SELECT 1 FROM " + SqlNames.quote(table) + " LIMIT 1").size() > 0;
        connection.execute("COMMIT");
        if (rows) {
            throw new DtsException(ErrorCode.LOG_DDL, "the source has given the rows of its table for " + table + " values of the new"
                    + " column " + statement.chosen().get() + " that the log does not tell, and the target would choose others",
                    "`dts reset` the task and copy again");
        }
    }

    private String where(int number) {
        return progress.whereTask() + " AND `change`='" + change + "' AND `number`=" + number;
    }

    private String digest(TargetStatement statement) {
        MessageDigest digest = sha256();
        statement.tables().forEach(table -> digest.update(definition(table).getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private String definition(TableId table) {
        try {
            String text = connection.query("SHOW CREATE TABLE " + SqlNames.quote(table)).text(0, 1);
            return COUNTER.matcher(text).replaceAll("") + "\n";
        } catch (MySqlServerError e) {
            if (e.errno() == NO_TABLE || e.errno() == NO_DATABASE) {
                return "none\n";
            }
            throw e;
        }
    }
}
