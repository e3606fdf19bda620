package io.opendts.queue;

import io.opendts.model.Batch;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The rows of a change log: one thread writes, another reads over a connection of its own, so that neither waits. */
final class ChangeTable implements AutoCloseable {

    static final SqliteFile.Kind KIND = new SqliteFile.Kind(1, new String[] {
        """
        create table batches (sequence integer not null primary key, epoch bigint not null, up_to text not null,
          whole int not null, frame blob not null)""",
        "create table marks (name varchar(32) not null primary key, value bigint not null)",
        "insert into marks (name, value) values ('trimmed-through', 0)"
    }, new String[] {"pragma page_size=8192", "pragma auto_vacuum=incremental"},
            new String[] {"pragma synchronous=normal", "pragma journal_size_limit=67108864"},
            ErrorCode.QUEUE_DAMAGED, EmbeddedChangeLog.DAMAGED_REMEDY);

    private static final long FREE_BYTES_KEPT = 64L << 20;
    private static final long LEAST_BYTES_GIVEN_BACK = 16L << 20;

    private final SqliteFile writer;
    private final SqliteFile reader;
    private PreparedStatement insert;

    ChangeTable(SqliteFile writer, Path home) {
        this.writer = writer;
        this.reader = SqliteFile.openToRead(home, writer.path(), KIND).orElseThrow();
    }

    /** A single row is its own transaction; several are one together. */
    void insert(List<Batch> batches, List<byte[]> frames) {
        if (batches.size() == 1) {
            writer.read(c -> insert(c, batches.getFirst(), frames.getFirst()));
        } else {
            writer.write(c -> {
                for (int i = 0; i < batches.size(); i++) {
                    insert(c, batches.get(i), frames.get(i));
                }
                return null;
            });
        }
    }

    private Void insert(Connection c, Batch batch, byte[] frame) throws SQLException {
        if (insert == null) {
            insert = c.prepareStatement("insert into batches (sequence, epoch, up_to, whole, frame) values (?, ?, ?, ?, ?)");
        }
        insert.setLong(1, batch.sequence());
        insert.setLong(2, batch.epoch());
        insert.setString(3, batch.upTo().text());
        insert.setInt(4, batch.whole() ? 1 : 0);
        insert.setBytes(5, frame);
        insert.executeUpdate();
        return null;
    }

    Ends ends() {
        return writer.read(c -> {
            long trimmed = SqliteFile.number(c, "select value from marks where name = 'trimmed-through'");
            Ends ends = Ends.FRESH;
            try (Statement statement = c.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "select sequence, epoch, up_to, whole, length(frame) from batches order by sequence")) {
                while (rows.next()) {
                    ends = ends.with(rows.getLong(1), rows.getLong(2), new Position(rows.getString(3)), rows.getInt(4) != 0,
                            rows.getLong(5));
                }
            }
            return ends.fresh() || trimmed <= ends.trimmedThrough() ? ends : ends.trimmed(Math.min(trimmed, ends.last()));
        });
    }

    List<byte[]> read(long sequence, int maxBytes) {
        return reader.read(c -> {
            try (PreparedStatement select = c.prepareStatement(
                    "select length(frame), frame from batches where sequence >= ? order by sequence")) {
                select.setLong(1, sequence);
                try (ResultSet rows = select.executeQuery()) {
                    List<byte[]> frames = new ArrayList<>();
                    long total = 0;
                    while (rows.next()) {
                        total += rows.getLong(1);
                        if (total > maxBytes && !frames.isEmpty()) {
                            break;
                        }
                        frames.add(rows.getBytes(2));
                    }
                    return frames;
                }
            }
        });
    }

    /** Deletes, but never the last whole batch: it tells where the log goes on. The bytes deleted are the answer. */
    long trim(long through, long lastWhole) {
        long freed = writer.write(c -> {
            long bound = Math.min(through, lastWhole - 1);
            long bytes = SqliteFile.number(c, "select sum(length(frame)) from batches where sequence <= " + bound);
            SqliteFile.execute(c, "delete from batches where sequence <= " + bound);
            SqliteFile.execute(c, "update marks set value = " + through + " where name = 'trimmed-through'");
            return bytes;
        });
        writer.read(c -> giveBack(c, freed + LEAST_BYTES_GIVEN_BACK));
        return freed;
    }

    /** Some free pages are kept for the batches to come; after a long backlog the rest goes back piece by piece. */
    private static Void giveBack(Connection c, long bytes) throws SQLException {
        long pageBytes = SqliteFile.number(c, "pragma page_size");
        long freeBytes = SqliteFile.number(c, "pragma freelist_count") * pageBytes;
        if (freeBytes > FREE_BYTES_KEPT) {
            try (Statement statement = c.createStatement()) {
                statement.executeUpdate("pragma incremental_vacuum(" + Math.min(bytes, freeBytes - FREE_BYTES_KEPT) / pageBytes + ")");
            }
        }
        return null;
    }

    void truncate(long lastWhole) {
        writer.write(c -> {
            SqliteFile.execute(c, "delete from batches where sequence > " + lastWhole);
            return null;
        });
    }

    /** As if nothing had ever been in it. */
    void clear() {
        writer.write(c -> {
            SqliteFile.execute(c, "delete from batches");
            SqliteFile.execute(c, "update marks set value = 0 where name = 'trimmed-through'");
            return null;
        });
    }

    long fileBytes() {
        return writer.read(c -> SqliteFile.number(c, "pragma page_count") * SqliteFile.number(c, "pragma page_size"));
    }

    static void delete(Path path) {
        try {
            for (String suffix : List.of("-wal", "-shm", "")) {
                Files.deleteIfExists(path.resolveSibling(path.getFileName() + suffix));
            }
        } catch (IOException e) {
            throw new DtsException(ErrorCode.STATE_UNAVAILABLE, "cannot delete " + path + ": " + e.getMessage(),
                    "check the permissions of the state folder", e);
        }
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }
}
