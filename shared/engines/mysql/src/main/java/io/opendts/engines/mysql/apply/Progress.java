package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.MySqlWireException;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.engines.mysql.wire.SqlBytes;
import io.opendts.model.Checkpoint;
import io.opendts.model.Chunk;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.TableId;
import io.opendts.spi.ChunkRead;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a target remembers of tasks, in tables of its own in the database {@code _dts}: written in the transactions whose
 * effect it states. Names are kept as bytes, so that no collation makes two of them one. Stateless but for its supplier.
 */
public final class Progress {

    static final String DATABASE = "_dts";
    private static final String PROGRESS = "`_dts`.`progress`";
    private static final String CHUNKS = "`_dts`.`chunks`";
    /** A NULL where none may be; and a key that is there already. */
    static final int REFUSED = 1048;
    static final int DUPLICATE = 1062;
    private static final int NO_DATABASE = 1049;
    private static final int NO_TABLE = 1146;

    private final Supplier<MySqlConnection> connections;
    private final String task;
    /** Of this partition's checkpoint. */
    private final String name;
    private final Claim claim;

    /** Of the first partition, or the only one. */
    public Progress(Supplier<MySqlConnection> connections, String task) {
        this(connections, task, 0);
    }

    public Progress(Supplier<MySqlConnection> connections, String task, int partition) {
        this.connections = connections;
        this.task = task;
        this.name = name(task, partition);
        this.claim = new Claim(name);
    }

    /** Under which a partition keeps its checkpoint; no task can be called so. */
    private static String name(String task, int partition) {
        return partition == 0 ? task : task + "/" + partition;
    }

    /** Under which all of this is kept. */
    String name() {
        return name;
    }

    Claim claim() {
        return claim;
    }

    /** Idempotent. */
    public void ensureProgress() {
        try (MySqlConnection connection = connections.get()) {
            connection.execute("CREATE DATABASE IF NOT EXISTS `_dts` DEFAULT CHARACTER SET utf8mb4");
            connection.execute("CREATE TABLE IF NOT EXISTS " + PROGRESS + " (`task` VARBINARY(255) NOT NULL PRIMARY KEY,"
                    + "`position` MEDIUMBLOB NOT NULL,`epoch` BIGINT UNSIGNED NOT NULL,`sequence` BIGINT UNSIGNED NOT NULL,"
                    + "`updated` TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)) ENGINE=InnoDB");
            connection.execute("CREATE TABLE IF NOT EXISTS " + CHUNKS + " (`task` VARBINARY(255) NOT NULL,`db` VARBINARY(256) NOT NULL,"
                    + "`tbl` VARBINARY(256) NOT NULL,`number` INT NOT NULL,`rows` BIGINT NOT NULL,`bytes` BIGINT NOT NULL,"
                    + "`exact_at` MEDIUMBLOB NULL,`next_chunk` MEDIUMBLOB NULL,"
                    + "`updated` TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),"
                    + "PRIMARY KEY (`task`,`db`,`tbl`,`number`)) ENGINE=InnoDB ROW_FORMAT=DYNAMIC");
            connection.execute(BegunStatements.TABLE_CREATION);
        } catch (MySqlWireException e) {
            throw TargetErrors.of("creating the progress tables in database _dts", e);
        }
    }

    /** Empty before the first commit. */
    public Optional<Checkpoint> checkpoint() {
        try (MySqlConnection connection = connections.get()) {
            return checkpoint(connection);
        } catch (MySqlWireException e) {
            throw TargetErrors.of("reading the progress of task " + task, e);
        }
    }

    Optional<Checkpoint> checkpoint(MySqlConnection connection) {
        return Optional.ofNullable(stored(connection, List.of(name), "").get(name));
    }

    /** Of all partitions, by number. */
    List<Optional<Checkpoint>> checkpoints(MySqlConnection connection, int partitions) {
        List<String> names = IntStream.range(0, partitions).mapToObj(number -> name(task, number)).toList();
        Map<String, Checkpoint> stored = stored(connection, names, "");
        return names.stream().map(one -> Optional.ofNullable(stored.get(one))).toList();
    }

    private static Map<String, Checkpoint> stored(MySqlConnection connection, List<String> names, String locking) {
        Map<String, Checkpoint> stored = new HashMap<>();
        try {
            QueryResult rows = connection.query("SELECT `task`,`position`,`epoch`,`sequence` FROM " + PROGRESS + " WHERE `task` IN ("
                    + names.stream().map(Progress::literal).collect(Collectors.joining(",")) + ")" + locking);
            for (int row = 0; row < rows.size(); row++) {
                stored.put(rows.text(row, 0), new Checkpoint(new Position(rows.text(row, 1)),
                        Long.parseUnsignedLong(rows.text(row, 2)), Long.parseUnsignedLong(rows.text(row, 3))));
            }
        } catch (MySqlServerError e) {
            if (e.errno() != NO_TABLE && e.errno() != NO_DATABASE) {
                throw e;
            }
        }
        return stored;
    }

    /**
     * Locks the task's row until the transaction ends, so that of two appliers one waits; then it finds another checkpoint than
     * it expects, which no row found tells: an error would depend on the session's sql_mode. Writes nothing, not even to the target's log.
     */
    String hold(Checkpoint expected) {
        return "UPDATE " + PROGRESS + " SET `position`=`position`" + whereTask() + " AND " + is(expected);
    }

    /**
     * Locks the rows of all partitions but the first until the transaction ends, so that none of their appliers writes meanwhile.
     *
     * @return of those that have begun
     */
    Collection<Checkpoint> holdOthers(MySqlConnection connection, int partitions) {
        List<String> others = IntStream.range(1, partitions).mapToObj(number -> name(task, number)).toList();
        return others.isEmpty() ? List.of() : stored(connection, others, " FOR UPDATE").values();
    }

    private static String is(Checkpoint expected) {
        return "`epoch`=" + Long.toUnsignedString(expected.epoch()) + " AND `sequence`=" + Long.toUnsignedString(expected.sequence());
    }

    /**
     * Compare and set. Where the stored checkpoint is not the expected one the statement fails (a NULL position: 1048, or a
     * duplicate: 1062), and a COMMIT behind it in the same packet is not run.
     */
    String store(Optional<Checkpoint> expected, Checkpoint next) {
        String position = literal(next.position().text());
        String insert = "INSERT INTO " + PROGRESS + " (`task`,`position`,`epoch`,`sequence`) VALUES ("
                + literal(name) + "," + position + "," + Long.toUnsignedString(next.epoch()) + ","
                + Long.toUnsignedString(next.sequence()) + ")";
        return expected.map(stored -> insert + " ON DUPLICATE KEY UPDATE `position`=IF(" + is(stored) + "," + position + ",NULL),`epoch`="
                + Long.toUnsignedString(next.epoch()) + ",`sequence`=" + Long.toUnsignedString(next.sequence())).orElse(insert);
    }

    static DtsException elsewhere(Throwable cause) {
        return new DtsException(ErrorCode.TASK_RUNS_ELSEWHERE, "another process has stored a later checkpoint of this task on the target",
                "nothing was written; let only one process run the task", cause);
    }

    Optional<ChunkRead> recorded(MySqlConnection connection, Chunk chunk) {
        QueryResult found = connection.query("SELECT `rows`,`bytes`,`exact_at`,`next_chunk` FROM " + CHUNKS + whereTask()
                + " AND `db`=" + literal(chunk.table().database()) + " AND `tbl`=" + literal(chunk.table().name())
                + " AND `number`=" + chunk.number());
        if (found.size() == 0) {
            return Optional.empty();
        }
        return Optional.of(new ChunkRead(Long.parseLong(found.text(0, 0)), Long.parseLong(found.text(0, 1)),
                Optional.ofNullable(found.text(0, 2)).map(Position::new),
                Optional.ofNullable(found.text(0, 3)).map(text -> chunk(chunk.table(), text))));
    }

    String record(Chunk chunk, ChunkRead read) {
        return "INSERT INTO " + CHUNKS + " (`task`,`db`,`tbl`,`number`,`rows`,`bytes`,`exact_at`,`next_chunk`) VALUES ("
                + literal(name) + "," + literal(chunk.table().database()) + "," + literal(chunk.table().name()) + "," + chunk.number() + ","
                + read.rows() + "," + read.bytes() + "," + read.exactAt().map(p -> literal(p.text())).orElse("NULL") + ","
                + read.next().map(next -> literal(text(next))).orElse("NULL") + ")";
    }

    /** number, kind, lower, upper, one a line; bounds hold no line ends (see the copy's key ranges). */
    private static String text(Chunk chunk) {
        return chunk.number() + "\n" + chunk.kind() + "\n" + chunk.lower() + "\n" + chunk.upper();
    }

    private static Chunk chunk(TableId table, String text) {
        String[] lines = text.split("\n", -1);
        return new Chunk(table, Integer.parseInt(lines[0]), Chunk.Kind.valueOf(lines[1]), lines[2], lines[3]);
    }

    /** Takes away the task's rows, and the tables with the database once no task is left in them. Idempotent. */
    public void forget() {
        try (MySqlConnection connection = connections.get()) {
            connection.execute("DELETE FROM " + CHUNKS + whereTask());
            connection.execute("DELETE FROM " + PROGRESS + whereTask());
            connection.execute("DELETE FROM " + BegunStatements.TABLE + whereTask());
            boolean used = connection.query("SELECT 1 FROM " + CHUNKS + " LIMIT 1").size() > 0
                    || connection.query("SELECT 1 FROM " + PROGRESS + " LIMIT 1").size() > 0;
            if (!used) {
                connection.execute("DROP TABLE IF EXISTS " + CHUNKS + "," + PROGRESS + "," + BegunStatements.TABLE);
                if (connection.query("SHOW TABLES FROM `_dts`").size() == 0) {
                    connection.execute("DROP DATABASE IF EXISTS `_dts`");
                }
            }
        } catch (MySqlServerError e) {
            if (e.errno() != NO_TABLE && e.errno() != NO_DATABASE) {
                throw TargetErrors.of("forgetting task " + task, e);
            }
        } catch (MySqlWireException e) {
            throw TargetErrors.of("forgetting task " + task, e);
        }
    }

    String whereTask() {
        return " WHERE `task`=" + literal(name);
    }

    static String literal(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        SqlBytes sql = new SqlBytes(bytes.length * 2 + 4).hexLiteral(bytes, 0, bytes.length);
        return new String(sql.buffer(), 0, sql.size(), StandardCharsets.US_ASCII);
    }
}
