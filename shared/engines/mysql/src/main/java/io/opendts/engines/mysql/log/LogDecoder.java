package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.filter.FilterServer;
import io.opendts.engines.mysql.schema.ServerVersion;
import io.opendts.model.Change;
import io.opendts.model.DtsException;
import io.opendts.model.Position;
import io.opendts.spi.Relations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.zip.CRC32;

/**
 * Turns the raw events of a log into changes, without any I/O but a filter's questions: {@link #event} takes one event,
 * {@link #next} gives what it holds, one change at a time, until it returns null. The event's bytes must stay as they are until then. One
 * thread. After an exception it is of no further use. Source of the formats: MySQL's and MariaDB's replication protocol documentation.
 */
final class LogDecoder {

    static final int HEADER_BYTES = 19;
    private static final int CHECKSUM_BYTES = 4;
    private static final int CRC32_ALGORITHM = 1;
    private static final int NO_CHECKSUM = 0;
    private static final int FLAG_ARTIFICIAL = 0x20;
    private static final int FLAG_IGNORABLE = 0x80;

    private final Bytes in = new Bytes();
    private final CRC32 crc = new CRC32();
    private final RowsCursor rows = new RowsCursor();
    private final Inflation inflation = new Inflation();
    private final LogTracker tracker;
    private final TableMaps tables;
    private final Transactions transactions;
    private final FilterServer filterServer;
    /** What a filter has let pass of the event. */
    private final ArrayDeque<Change> filtered = new ArrayDeque<>();

    private String file;
    private long end;
    /** -1 until the log has told: the events in front of the first FORMAT_DESCRIPTION have one or have none. */
    private int checksum = -1;
    private PayloadEvents payload;
    private boolean heartbeat;
    private final Place where;

    /**
     * @param filterServer asked what only the source knows of rows that a filter looks at
     * @param labels       of ENUM and SET, in the source's own bytes
     */
    LogDecoder(Relations relations, MySqlPosition start, FilterServer filterServer, Labels labels, TableHistory history,
            LookedUpTables lookedUp) {
        this.filterServer = filterServer;
        tracker = new LogTracker(start);
        tables = new TableMaps(relations, labels, lookedUp);
        transactions = new Transactions(tracker, tables, relations, history, lookedUp);
        file = start.file();
        end = start.offset();
        where = new Place(file, end);
    }

    /** Behind the last whole transaction. */
    Position position() {
        return tracker.position();
    }

    /** Whether the last event said only that the source is alive. */
    boolean wasHeartbeat() {
        return heartbeat;
    }

    /** Takes one event with its header, and its checksum where the log has them. {@link #next} must have returned null before. */
    void event(byte[] bytes, int from, int length) {
        heartbeat = false;
        where.moveTo(file, end);
        try {
            if (length < HEADER_BYTES) {
                throw LogErrors.damaged(where, "it has " + length + " bytes");
            }
            int type = bytes[from + 4] & 0xFF;
            long logPosition = JsonText.number(bytes, from + 13, 4);
            int flags = (int) JsonText.number(bytes, from + 17, 2);
            int bodyEnd = from + length - checksumBytes(EventType.of(type), bytes, from, length);
            boolean placed = logPosition != 0 && (flags & FLAG_ARTIFICIAL) == 0;
            if (placed) {
                end = unwrapped(logPosition);
            }
            dispatch(bytes, from, bodyEnd, flags, placed);
            if (placed && !transactions.isOpen() && payload == null) {
                tracker.moveTo(file, end);
            }
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw LogErrors.damaged(where, "its parts do not fit together (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw LogErrors.damaged(where, "its compressed data does not unpack (" + e.getMessage() + ")", e);
        }
    }

    /** Positions are logged in 32 bits; files may grow beyond. */
    private long unwrapped(long logPosition) {
        long candidate = end & ~0xFFFF_FFFFL | logPosition;
        return candidate + 0x8000_0000L < end ? candidate + 0x1_0000_0000L : candidate;
    }

    private int checksumBytes(EventType type, byte[] bytes, int from, int length) {
        if (type == EventType.FORMAT_DESCRIPTION) {
            int algorithm = bytes[from + length - CHECKSUM_BYTES - 1];
            if (algorithm != NO_CHECKSUM && algorithm != CRC32_ALGORITHM) {
                throw LogErrors.unsupported(where, "checksums of kind " + algorithm, "Set binlog_checksum to CRC32 or NONE.");
            }
            checksum = algorithm;
        } else if (checksum < 0) {
            return length >= HEADER_BYTES + CHECKSUM_BYTES && sound(bytes, from, length) ? CHECKSUM_BYTES : 0;
        }
        if (checksum == CRC32_ALGORITHM && !sound(bytes, from, length)) {
            throw LogErrors.damaged(where, "its checksum does not fit its content");
        }
        return checksum == CRC32_ALGORITHM || type == EventType.FORMAT_DESCRIPTION ? CHECKSUM_BYTES : 0;
    }

    private boolean sound(byte[] bytes, int from, int length) {
        crc.reset();
        crc.update(bytes, from, length - CHECKSUM_BYTES);
        return crc.getValue() == JsonText.number(bytes, from + length - CHECKSUM_BYTES, 4);
    }

    /** The next change that the event holds; null when the next event is wanted. */
    Change next() {
        try {
            while (true) {
                Change queued = transactions.poll();
                if (queued != null) {
                    return queued;
                }
                Change change = filtered.isEmpty() ? rows.next() : filtered.poll();
                if (change != null) {
                    return transactions.change(change);
                }
                if (payload == null && !transactions.between()) {
                    return null;
                }
                if (payload == null) {
                    continue;
                }
                byte[] inner = payload.next();
                if (inner == null) {
                    payload.close();
                    payload = null;
                } else {
                    dispatch(inner, 0, inner.length, (int) JsonText.number(inner, 17, 2), false);
                }
            }
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw LogErrors.damaged(where, "its parts do not fit together (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw LogErrors.damaged(where, "its compressed data does not unpack (" + e.getMessage() + ")", e);
        }
    }

    private void dispatch(byte[] bytes, int from, int bodyEnd, int flags, boolean placed) throws IOException {
        int number = bytes[from + 4] & 0xFF;
        long seconds = JsonText.number(bytes, from, 4);
        in.reset(bytes, from + HEADER_BYTES, bodyEnd);
        switch (EventType.of(number)) {
            case TABLE_MAP -> tables.announce(in, where);
            case WRITE_ROWS -> rows(RowsCursor.Kind.WRITE, true, null);
            case UPDATE_ROWS -> rows(RowsCursor.Kind.UPDATE, true, null);
            case DELETE_ROWS -> rows(RowsCursor.Kind.DELETE, true, null);
            case PARTIAL_UPDATE_ROWS -> rows(RowsCursor.Kind.PARTIAL_UPDATE, true, null);
            case WRITE_ROWS_V1 -> rows(RowsCursor.Kind.WRITE, false, null);
            case UPDATE_ROWS_V1 -> rows(RowsCursor.Kind.UPDATE, false, null);
            case DELETE_ROWS_V1 -> rows(RowsCursor.Kind.DELETE, false, null);
            case WRITE_ROWS_COMPRESSED -> rows(RowsCursor.Kind.WRITE, true, inflation);
            case UPDATE_ROWS_COMPRESSED -> rows(RowsCursor.Kind.UPDATE, true, inflation);
            case DELETE_ROWS_COMPRESSED -> rows(RowsCursor.Kind.DELETE, true, inflation);
            case WRITE_ROWS_COMPRESSED_V1 -> rows(RowsCursor.Kind.WRITE, false, inflation);
            case UPDATE_ROWS_COMPRESSED_V1 -> rows(RowsCursor.Kind.UPDATE, false, inflation);
            case DELETE_ROWS_COMPRESSED_V1 -> rows(RowsCursor.Kind.DELETE, false, inflation);
            case GTID -> transactions.gtid(g -> g.plain(in, false), seconds, where);
            case ANONYMOUS_GTID -> transactions.gtid(g -> g.plain(in, true), seconds, where);
            case GTID_TAGGED -> transactions.gtid(g -> g.tagged(in), seconds, where);
            case MARIADB_GTID -> {
                long server = JsonText.number(bytes, from + 5, 4);
                transactions.gtid(g -> g.mariaDb(in, server), seconds, where);
            }
            case QUERY -> {
                if (QueryEvent.isBegin(in)) {
                    transactions.begin(seconds);
                } else {
                    transactions.query(QueryEvent.read(in, 0, null), seconds, file, end, where);
                }
            }
            case QUERY_COMPRESSED -> transactions.query(QueryEvent.read(in, 0, inflation), seconds, file, end, where);
            case EXECUTE_LOAD_QUERY -> transactions.query(QueryEvent.read(in, 13, null), seconds, file, end, where);
            case XID -> transactions.committed(file, end);
            case XA_PREPARE -> transactions.xaPrepare(in.u8() != 0, file, end, where);
            case TRANSACTION_PAYLOAD -> payload = PayloadEvents.open(in, where);
            case ROTATE -> rotate(placed);
            case FORMAT_DESCRIPTION -> {
                transactions.checkWhole(placed, where);
                in.skip(2);
                String version = in.text(50, StandardCharsets.US_ASCII).replace("\0", "");
                rows.mySql57(version.startsWith("5."));
                tables.writtenBy(ServerVersion.parse(version));
            }
            case HEARTBEAT -> heartbeat(in.text(in.left(), StandardCharsets.UTF_8), JsonText.number(bytes, from + 13, 4));
            case HEARTBEAT_V2, STOP, PREVIOUS_GTIDS, GTID_LIST, ROWS_QUERY, ANNOTATE_ROWS, BINLOG_CHECKPOINT, START_ENCRYPTION, IGNORABLE,
                    TRANSACTION_CONTEXT, VIEW_CHANGE, INTVAR, RAND, USER_VAR, APPEND_BLOCK, BEGIN_LOAD_QUERY, DELETE_FILE, SLAVE ->
                heartbeat = EventType.of(number) == EventType.HEARTBEAT_V2;
            case INCIDENT -> throw LogErrors.unsupported(where, "an incident: the source lost changes before it logged them",
                    "Reset the task and copy again; the source's error log tells what happened.");
            case UNKNOWN, START_V3, LOAD, CREATE_FILE, EXEC_LOAD, NEW_LOAD, PRE_GA_WRITE_ROWS, PRE_GA_UPDATE_ROWS, PRE_GA_DELETE_ROWS -> {
                if ((flags & FLAG_IGNORABLE) == 0) {
                    throw LogErrors.unknownEvent(where, number);
                }
            }
        }
    }

    private void rows(RowsCursor.Kind kind, boolean version2, Inflation compressed) {
        long number = in.u48();
        TableLayout layout = tables.layout(number);
        if (layout == null) {
            if (tables.leavesOut(number)) {
                transactions.leavesOut();
            }
            return;
        }
        in.skip(2);
        if (version2) {
            in.skip(in.u16() - 2L);
        }
        rows.start(kind, layout, in, compressed, where);
        transactions.touches(layout.table());
        if (layout.filter() != null) {
            layout.filter().pass(rows::next, filterServer, filtered);
        }
    }

    /** A real ROTATE ends a file; an artificial one tells where the source starts to send. */
    private void rotate(boolean placed) {
        long position = in.i64();
        transactions.checkWhole(placed, where);
        file = in.text(in.left(), StandardCharsets.UTF_8);
        end = position;
        tracker.moveTo(file, end);
    }

    private void heartbeat(String name, long position) {
        heartbeat = true;
        if (!transactions.isOpen() && name.equals(file) && position != 0) {
            end = unwrapped(position);
            tracker.moveTo(file, end);
        }
    }

    /** Ends an unpacking under way. */
    void close() {
        try {
            if (payload != null) {
                payload.close();
            }
        } catch (IOException e) {
            throw new DtsException(io.opendts.model.ErrorCode.BUG, "Closing an unpacker failed: " + e.getMessage(), "Report this.", e);
        }
    }
}
