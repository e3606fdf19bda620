package io.opendts.sqlite;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One SQLite file of ours behind one connection: threads take turns, processes wait for each other. Every failure comes out
 * as a {@link DtsException} that names the file.
 */
public final class SqliteFile implements AutoCloseable {

    private static final int BUSY_TIMEOUT_MILLIS = 10_000;

    /** Work on the connection; the statements it opens are its own to close. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * What a file is for.
     *
     * @param version     of its tables, kept as the file's user_version; files of a newer one are refused
     * @param create      statements that make what is missing of the tables, also in a file of an older version
     * @param pragmas     run at each opening, beside those that every file gets
     * @param firstPragmas run before the first table is made: page size, vacuum mode
     * @param damaged     the code for a file that cannot be read
     * @param remedy      what to do about that
     */
    public record Kind(
            int version, String[] create, String[] firstPragmas, String[] pragmas, ErrorCode damaged, String remedy) {}

    private final Path path;
    private final Kind kind;
    private final Connection connection;
    private final ReentrantLock turn = new ReentrantLock();

    private SqliteFile(Path path, Kind kind, Connection connection) {
        this.path = path;
        this.kind = kind;
        this.connection = connection;
    }

    /** Opens for reading and writing, and creates what is missing. {@code home} keeps the native library. */
    public static SqliteFile open(Path home, Path path, Kind kind) {
        try {
            PrivateFiles.folder(home);
            PrivateFiles.file(path);
        } catch (IOException e) {
            throw new DtsException(ErrorCode.STATE_UNAVAILABLE, "cannot create " + path + ": " + e.getMessage(),
                    "make the folder writable for this user, or choose another one with --state", e);
        }
        NativeLibrary.prepare(home);
        SqliteFile file = new SqliteFile(path, kind, connect(path, kind, false));
        file.guarded(c -> {
            file.prepare(c);
            return null;
        });
        return file;
    }

    /** Opens for reading; empty when there is no such file, and then nothing is created either. */
    public static Optional<SqliteFile> openToRead(Path home, Path path, Kind kind) {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        NativeLibrary.prepare(home);
        SqliteFile file = new SqliteFile(path, kind, connect(path, kind, true));
        int version = file.guarded(file::version);
        if (version == 0) {
            file.close();
            return Optional.empty();
        }
        return Optional.of(file);
    }

    public Path path() {
        return path;
    }

    /** Reads, in this thread's turn; a single statement that writes is fine too: it is its own transaction. */
    public <T> T read(Work<T> work) {
        turn.lock();
        try {
            return guardedOpen(work);
        } finally {
            turn.unlock();
        }
    }

    /** One transaction: all of the work, or none of it when it throws. */
    public <T> T write(Work<T> work) {
        turn.lock();
        try {
            return guardedOpen(c -> transaction(c, work));
        } finally {
            turn.unlock();
        }
    }

    private static <T> T transaction(Connection c, Work<T> work) throws SQLException {
        execute(c, "begin immediate");
        boolean committed = false;
        try {
            T result = work.on(c);
            execute(c, "commit");
            committed = true;
            return result;
        } finally {
            if (!committed) {
                rollback(c);
            }
        }
    }

    /** A failure here would hide the one that led to it; SQLite has rolled back by itself then (disk full, I/O error). */
    private static void rollback(Connection c) {
        try {
            execute(c, "rollback");
        } catch (SQLException e) {
            System.getLogger(SqliteFile.class.getName()).log(System.Logger.Level.DEBUG, "rollback: {0}", e.getMessage());
        }
    }

    public static void execute(Connection c, String sql) throws SQLException {
        try (Statement statement = c.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row, as a number; 0 when there is none. */
    public static long number(Connection c, String sql) throws SQLException {
        try (Statement statement = c.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw explain(e);
        } finally {
            turn.unlock();
        }
    }

    /** The driver itself, not DriverManager: that would look for every driver on the class path. */
    private static Connection connect(Path path, Kind kind, boolean readOnly) {
        Properties properties = new Properties();
        properties.setProperty("busy_timeout", Integer.toString(BUSY_TIMEOUT_MILLIS));
        if (readOnly) {
            properties.setProperty("open_mode", "1");
        }
        try {
            return JDBC.createConnection("jdbc:sqlite:" + path, properties);
        } catch (SQLException e) {
            throw explain(path, kind, e);
        }
    }

    private void prepare(Connection c) throws SQLException {
        if (number(c, "pragma page_count") == 0) {
            for (String pragma : kind.firstPragmas()) {
                execute(c, pragma);
            }
        }
        execute(c, "pragma journal_mode=wal");
        for (String pragma : kind.pragmas()) {
            execute(c, pragma);
        }
        if (version(c) < kind.version()) {
            transaction(c, this::create);
        }
    }

    private Void create(Connection c) throws SQLException {
        if (number(c, "pragma user_version") < kind.version()) {
            for (String statement : kind.create()) {
                execute(c, statement);
            }
            execute(c, "pragma user_version=" + kind.version());
        }
        return null;
    }

    private int version(Connection c) throws SQLException {
        int version = (int) number(c, "pragma user_version");
        if (version > kind.version()) {
            throw new DtsException(ErrorCode.STATE_NEWER,
                    path + " was written by a newer OpenDTS (version " + version + " of its tables; this one knows " + kind.version() + ")",
                    "run the newer OpenDTS, or choose another state folder with --state");
        }
        return version;
    }

    private <T> T guardedOpen(Work<T> work) {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw explain(e);
        }
    }

    /** For opening: a file that turns out unusable is not left open. */
    private <T> T guarded(Work<T> work) {
        boolean usable = false;
        try {
            T result = guardedOpen(work);
            usable = true;
            return result;
        } finally {
            if (!usable) {
                closeQuietly();
            }
        }
    }

    private void closeQuietly() {
        try {
            connection.close();
        } catch (SQLException e) {
            System.getLogger(SqliteFile.class.getName()).log(System.Logger.Level.DEBUG, "close {0}: {1}", path, e.getMessage());
        }
    }

    public DtsException explain(SQLException e) {
        return explain(path, kind, e);
    }

    private static DtsException explain(Path path, Kind kind, SQLException e) {
        SQLiteErrorCode code = e instanceof SQLiteException s ? s.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        return switch (code.code & 0xFF) {
            case 11, 26 -> new DtsException(kind.damaged(), path + " is damaged: " + e.getMessage(), kind.remedy(), e);
            case 13 -> new DtsException(ErrorCode.STATE_UNAVAILABLE, "no space left to write " + path,
                    "free some disk space and resume the task", e);
            case 5, 6 -> new DtsException(ErrorCode.STATE_UNAVAILABLE,
                    path + " has been locked by another process for " + BUSY_TIMEOUT_MILLIS / 1000 + " s",
                    "end the program that holds the file open (a database browser or a backup) and resume the task", e);
            case 3, 8, 10, 14, 23 -> new DtsException(ErrorCode.STATE_UNAVAILABLE, "cannot use " + path + ": " + e.getMessage(),
                    "check the permissions and the health of the disk, or choose another state folder with --state", e);
            default -> new DtsException(ErrorCode.BUG, path + ": " + e.getMessage(), "report this as a bug of OpenDTS", e);
        };
    }
}
