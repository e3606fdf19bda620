package io.opendts.engines.mysql.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * One session on a MySQL or MariaDB server: text protocol, blocking. One thread at a time, except {@link #close}, which any
 * thread may call at any moment and which makes a blocked call fail with {@link MySqlIoError}.
 *
 * <p>Every session has time_zone '+00:00', character_set_client and _connection utf8mb4, character_set_results NULL
 * (values arrive as the column's own bytes) and a sql_mode without NO_BACKSLASH_ESCAPES (see {@link SqlBytes}).
 *
 * <p>A {@link MySqlServerError} leaves the connection usable; every other failure, and one thrown by a callback, closes it.
 */
public final class MySqlConnection implements AutoCloseable {

    public static final int MAX_QUERY_RESULT_BYTES = 64 << 20;
    private static final int MAX_COLUMNS = 1 << 16;
    private static final int COM_QUIT = 0x01;
    private static final int COM_QUERY = 0x03;
    private static final int COM_PING = 0x0E;
    private static final int OK = 0x00;
    private static final int LOCAL_INFILE = 0xFB;
    private static final int EOF = 0xFE;
    private static final int ERR = 0xFF;
    /**
     * What a server's own settings would otherwise decide: that a SELECT ends after some rows, that an UPDATE without a key is
     * refused, that a statement alone is not committed. Of modes those go that change what a literal means; another one takes
     * their place, because the empty text is NULL in one of them.
     */
    private static final String SESSION = "SET time_zone='+00:00',character_set_client=utf8mb4,character_set_connection=utf8mb4,"
            + "character_set_results=NULL,sql_select_limit=18446744073709551615,sql_safe_updates=0,autocommit=1,completion_type=0,"
            + "sql_mode=REPLACE(REPLACE(@@SESSION.sql_mode,'NO_BACKSLASH_ESCAPES','IGNORE_SPACE'),'EMPTY_STRING_IS_NULL','IGNORE_SPACE')";

    private enum Use { IDLE, BUSY, CLOSED }

    private final PacketChannel channel;
    private final Greeting greeting;
    private final boolean encrypted;
    private final boolean deprecateEof;
    private final boolean mayLoad;
    private final AtomicReference<Use> use = new AtomicReference<>(Use.IDLE);
    /** For each query sent and not yet answered, the sequence number of its answer: bounded by the caller's pipelining. */
    private final IntQueue awaited = new IntQueue();
    private LoadSource loading;

    MySqlConnection(PacketChannel channel, Login login, ConnectSettings settings) {
        this.channel = channel;
        this.greeting = login.greeting();
        this.encrypted = login.encrypted();
        this.deprecateEof = (login.capabilities() & Greeting.DEPRECATE_EOF) != 0;
        this.mayLoad = settings.loadLocal();
    }

    public static MySqlConnection open(ConnectSettings settings) {
        MySqlConnection connection = Connector.connect(settings);
        try {
            connection.execute(SESSION);
            return connection;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** As the server says it, without MariaDB's historical prefix: 8.0.15, 10.11.18-MariaDB-log. */
    public String serverVersion() {
        return greeting.serverVersion();
    }

    public boolean mariaDb() {
        return greeting.serverVersion().contains("MariaDB");
    }

    /** The server's id of this session, for KILL. */
    public long connectionId() {
        return greeting.connectionId();
    }

    public boolean encrypted() {
        return encrypted;
    }

    public boolean closed() {
        return use.get() == Use.CLOSED;
    }

    /** Limit of one wait for bytes from now on, e.g. for a statement that is known to be long; 0 is no limit. */
    public void readTimeoutMillis(int millis) {
        channel.readTimeoutMillis(millis);
    }

    public OkResult execute(String sql) {
        byte[] bytes = Scramble.utf8(sql);
        return execute(bytes, 0, bytes.length);
    }

    public OkResult execute(SqlBytes sql) {
        return execute(sql.buffer(), 0, sql.size());
    }

    /** Runs it to its end; result sets are read and dropped, several results give the last one's. */
    public OkResult execute(byte[] sql, int offset, int length) {
        requireNothingAwaited();
        sendQuery(sql, offset, length);
        return readOk();
    }

    /** Sends one statement without waiting; it may stay in our buffer until {@link #readOk} or {@link #flush}. */
    public void sendQuery(byte[] sql, int offset, int length) {
        begin();
        guarded(() -> {
            channel.startCommand();
            channel.write(COM_QUERY, sql, offset, length);
            awaited.add(channel.answerSequence());
            return true;
        });
    }

    public void sendQuery(SqlBytes sql) {
        sendQuery(sql.buffer(), 0, sql.size());
    }

    public void flush() {
        guarded(() -> {
            channel.flush();
            return true;
        });
    }

    /** How many statements were sent and not answered yet. */
    public int awaited() {
        return awaited.size();
    }

    /** The answer to the oldest statement awaited. A {@link MySqlServerError} is its alone: those after it ran nevertheless. */
    public OkResult readOk() {
        Outcome outcome = new Outcome(null);
        finish(outcome);
        return outcome.ok;
    }

    /** A small result wholly in memory; of several results the first. A statement without a result gives no columns. */
    public QueryResult query(String sql) {
        List<ColumnMeta> columns = new ArrayList<>();
        List<byte[][]> rows = new ArrayList<>();
        stream(sql, new RowHandler() {
            private long bytes;

            @Override
            public void columns(List<ColumnMeta> found) {
                columns.addAll(found);
            }

            @Override
            public void row(byte[] buffer, int offset, int length, int columnCount) {
                bytes += length;
                if (bytes > MAX_QUERY_RESULT_BYTES) {
                    throw new MySqlProtocolError("a result meant to be small exceeds MAX_QUERY_RESULT_BYTES=" + MAX_QUERY_RESULT_BYTES);
                }
                PacketReader in = new PacketReader(buffer, offset, length);
                byte[][] row = new byte[columnCount][];
                for (int i = 0; i < columnCount; i++) {
                    row[i] = in.value();
                }
                rows.add(row);
            }
        });
        return new QueryResult(List.copyOf(columns), rows);
    }

    public OkResult stream(String sql, RowHandler handler) {
        byte[] bytes = Scramble.utf8(sql);
        return stream(bytes, 0, bytes.length, handler);
    }

    /** Hands each row of the first result to the handler as it arrives; returns at its end. */
    public OkResult stream(byte[] sql, int offset, int length, RowHandler handler) {
        requireNothingAwaited();
        sendQuery(sql, offset, length);
        Outcome outcome = new Outcome(handler);
        finish(outcome);
        return outcome.ok;
    }

    /**
     * Runs one LOAD DATA LOCAL statement with the source as its file. When the source throws, the connection is closed
     * before the file's end is sent, since in the protocol an end is always a good end: the server then rolls the
     * statement back (transactional tables), and the source's exception is thrown on. A server takes LOCAL as IGNORE:
     * duplicate keys and bad values are warnings, never errors, so the result's counts and warnings must be looked at.
     */
    public OkResult loadLocal(String sql, LoadSource source) {
        if (!mayLoad) {
            throw new IllegalStateException("the connection was opened without loadLocal");
        }
        requireNothingAwaited();
        loading = source;
        try {
            OkResult result = execute(sql);
            if (loading != null) {
                throw new IllegalArgumentException("the statement asked for no data, so nothing was loaded; is it LOAD DATA LOCAL?");
            }
            return result;
        } finally {
            loading = null;
        }
    }

    public void ping() {
        requireNothingAwaited();
        begin();
        guarded(() -> {
            channel.startCommand();
            channel.write(COM_PING, new byte[0], 0, 0);
            awaited.add(channel.answerSequence());
            return true;
        });
        readOk();
    }

    /** Says goodbye where the session is idle, otherwise cuts the line: the server then rolls back what is in flight. */
    @Override
    public void close() {
        Use before = use.getAndSet(Use.CLOSED);
        try {
            if (before == Use.IDLE) {
                channel.startCommand();
                channel.write(COM_QUIT, new byte[0], 0, 0);
                channel.flush();
            }
        } catch (MySqlIoError e) {
            System.getLogger(MySqlConnection.class.getName()).log(System.Logger.Level.DEBUG, "the server was gone before the goodbye", e);
        } finally {
            channel.abort();
        }
    }

    /** Gives the channel to a stream that never ends; the connection is busy until it is closed. */
    PacketChannel handOver() {
        requireNothingAwaited();
        begin();
        return channel;
    }

    private void requireNothingAwaited() {
        if (awaited.size() > 0) {
            throw new IllegalStateException(awaited.size() + " answers are still to be read");
        }
    }

    private void begin() {
        if (awaited.size() == 0 && !use.compareAndSet(Use.IDLE, Use.BUSY)) {
            throw new MySqlIoError(use.get() == Use.CLOSED ? "the connection is closed" : "the connection is in use", false, null);
        }
    }

    private void finish(Outcome outcome) {
        if (awaited.size() == 0) {
            throw new IllegalStateException("no statement was sent");
        }
        try {
            guarded(() -> {
                channel.flush();
                channel.expect(awaited.remove());
                while (readResult(outcome)) {
                    outcome.handler = null;
                }
                return true;
            });
        } finally {
            if (awaited.size() == 0) {
                use.compareAndSet(Use.BUSY, Use.IDLE);
            }
        }
    }

    /** Whatever is not the server's own error leaves the channel at an unknown place: closed. */
    private void guarded(BooleanSupplier step) {
        boolean sound = false;
        try {
            sound = step.getAsBoolean();
        } catch (MySqlServerError e) {
            sound = !Errno.connectionLost(e.errno());
            throw e;
        } finally {
            if (!sound) {
                use.set(Use.CLOSED);
                channel.abort();
            }
        }
    }

    /** Reads one result of a statement; true when another follows. */
    private boolean readResult(Outcome outcome) {
        channel.read();
        switch (channel.kind()) {
            case OK -> outcome.ok = Replies.ok(channel.reader());
            case ERR -> throw Replies.error(channel.reader());
            case LOCAL_INFILE -> {
                sendLoad();
                return readResult(outcome);
            }
            default -> readRows(outcome);
        }
        return outcome.ok.moreResults();
    }

    private void sendLoad() {
        LoadSource source = loading;
        if (source == null) {
            throw new MySqlProtocolError("the server asked for a local file that nobody offered; nothing was sent, the connection is cut");
        }
        loading = null;
        channel.startAnswer();
        LoadSink sink = new LoadSink(channel);
        source.writeTo(sink);
        sink.end();
        channel.expect(channel.answerSequence());
    }

    private void readRows(Outcome outcome) {
        long count = channel.reader().lengthEncodedInt();
        if (count <= 0 || count > MAX_COLUMNS) {
            throw new MySqlProtocolError("the server announced a result of " + count + " columns");
        }
        int columnCount = (int) count;
        readColumns(outcome, columnCount);
        RowHandler handler = outcome.handler;
        while (true) {
            channel.read();
            int kind = channel.kind();
            if (kind == ERR) {
                throw Replies.error(channel.reader());
            }
            // a row that starts with 0xFE holds a value of 16 MB or more, so it is longer than any end packet
            if (kind == EOF && channel.length() < PacketChannel.MAX_PART_BYTES) {
                outcome.ok = deprecateEof ? Replies.ok(channel.reader()) : Replies.eof(channel.reader());
                return;
            }
            if (handler != null) {
                handler.row(channel.buffer(), channel.offset(), channel.length(), columnCount);
            }
        }
    }

    private void readColumns(Outcome outcome, int columnCount) {
        List<ColumnMeta> columns = new ArrayList<>();
        for (int i = 0; i < columnCount; i++) {
            channel.read();
            if (outcome.handler != null) {
                columns.add(ColumnMeta.read(channel.reader()));
            }
        }
        if (!deprecateEof) {
            channel.read();
            if (channel.kind() != EOF) {
                throw new MySqlProtocolError("the server sent packet kind " + channel.kind() + " where the columns should end");
            }
        }
        if (outcome.handler != null) {
            outcome.handler.columns(List.copyOf(columns));
        }
    }

    /** Of one statement: who takes the rows (null: nobody), and how it ended. */
    private static final class Outcome {
        private RowHandler handler;
        private OkResult ok;

        private Outcome(RowHandler handler) {
            this.handler = handler;
        }
    }
}
