package io.opendts.engines.mysql.wire;

import java.nio.charset.StandardCharsets;

/**
 * The log of a server, as it sends it to a replica: {@link #next} steps to an event, whose bytes (header, data and, when
 * the source has checksums on, the CRC32) are at {@code buffer()[offset() .. offset() + length())} until the next step,
 * in the connection's own read buffer. One thread at a time; {@link #close} from any thread ends a waiting next().
 *
 * <p>Source of the commands' formats: MySQL's protocol documentation, MariaDB's replication protocol documentation.
 */
public final class BinlogStream implements AutoCloseable {

    private static final int COM_BINLOG_DUMP = 0x12;
    private static final int COM_REGISTER_REPLICA = 0x15;
    private static final int COM_BINLOG_DUMP_GTID = 0x1E;
    private static final int DUMP_NON_BLOCK = 1;
    private static final int MARIADB_SEND_ANNOTATE_ROWS = 2;
    private static final int DUMP_THROUGH_GTID = 4;
    private static final long FIRST_POSITION = 4;
    private static final int EVENT_FOLLOWS = 0x00;
    private static final int EOF = 0xFE;
    private static final int ERR = 0xFF;
    private static final int MAX_EOF_BYTES = 9;

    private final MySqlConnection connection;
    private final PacketChannel channel;
    private boolean ended;

    private BinlogStream(MySqlConnection connection, PacketChannel channel) {
        this.connection = connection;
        this.channel = channel;
    }

    /** Takes the connection over: it serves nothing else from now on, and closing the stream closes it. */
    public static BinlogStream open(MySqlConnection connection, BinlogStart start, BinlogSettings settings) {
        boolean opened = false;
        try {
            connection.execute(session(connection.mariaDb(), start, settings));
            connection.readTimeoutMillis(settings.readTimeoutMillis());
            PacketChannel channel = connection.handOver();
            command(channel, COM_REGISTER_REPLICA, registration(settings));
            channel.read();
            if (channel.kind() == ERR) {
                throw Replies.error(channel.reader());
            }
            dump(channel, connection.mariaDb(), start, settings);
            opened = true;
            return new BinlogStream(connection, channel);
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }

    /**
     * Waits for the next event, of which heartbeats may be many: MySQL 5.7 and 8.0 send one for each transaction that they
     * skip behind a GTID start. False when the server has ended the stream (only with stopAtEnd, or when it shuts down).
     */
    public boolean next() {
        if (ended) {
            return false;
        }
        boolean sound = false;
        try {
            channel.read();
            int kind = channel.kind();
            if (kind == ERR) {
                throw Replies.error(channel.reader());
            }
            ended = kind == EOF && channel.length() < MAX_EOF_BYTES;
            if (!ended && kind != EVENT_FOLLOWS) {
                throw new MySqlProtocolError("the log stream holds packet kind " + kind);
            }
            sound = true;
            return !ended;
        } finally {
            if (!sound) {
                close();
            }
        }
    }

    public byte[] buffer() {
        return channel.buffer();
    }

    public int offset() {
        return channel.offset() + 1;
    }

    public int length() {
        return channel.length() - 1;
    }

    /** Whether {@link #next} would find bytes at once; false says: idle, a good moment to hand on what is pending. */
    public boolean available() {
        return !ended && channel.available();
    }

    @Override
    public void close() {
        connection.close();
    }

    /** User variables that the server reads when the dump begins; a name that it does not know does no harm. */
    private static String session(boolean mariaDb, BinlogStart start, BinlogSettings settings) {
        long heartbeatNanos = settings.heartbeatMillis() * 1_000_000L;
        String common = "SET @master_binlog_checksum=@@global.binlog_checksum,@source_binlog_checksum=@@global.binlog_checksum,"
                + "@master_heartbeat_period=" + heartbeatNanos + ",@source_heartbeat_period=" + heartbeatNanos
                + ",@slave_uuid='" + settings.replicaUuid() + "',@replica_uuid='" + settings.replicaUuid() + "'";
        if (!mariaDb) {
            return common;
        }
        String capable = common + ",@mariadb_slave_capability=4";
        return switch (start) {
            case BinlogStart.AfterMariaDbGtids(String position) -> capable + ",@slave_connect_state='" + checkedMariaDbGtids(position)
                    + "',@slave_gtid_strict_mode=0,@slave_gtid_ignore_duplicates=0";
            case BinlogStart.AtFile ignored -> capable;
            case BinlogStart.AfterMySqlGtids ignored -> throw new IllegalArgumentException("a MariaDB server cannot start at MySQL GTIDs");
        };
    }

    private static String checkedMariaDbGtids(String position) {
        String compact = position.replaceAll("\\s", "");
        if (!compact.matches("(\\d+-\\d+-\\d+(,\\d+-\\d+-\\d+)*)?")) {
            throw new IllegalArgumentException("not a MariaDB GTID position: " + position);
        }
        return compact;
    }

    private static SqlBytes registration(BinlogSettings settings) {
        byte[] host = "opendts".getBytes(StandardCharsets.US_ASCII);
        SqlBytes packet = new SqlBytes(64);
        little(packet, settings.serverId(), 4);
        packet.raw(host.length).raw(host);
        // user, password: of a replica, for display; then port, rank, source id
        return packet.raw(0).raw(0).raw(new byte[2 + 4 + 4]);
    }

    private static void dump(PacketChannel channel, boolean mariaDb, BinlogStart start, BinlogSettings settings) {
        int flags = (settings.stopAtEnd() ? DUMP_NON_BLOCK : 0) | (mariaDb ? MARIADB_SEND_ANNOTATE_ROWS : 0);
        switch (start) {
            case BinlogStart.AtFile(String file, long position) ->
                    command(channel, COM_BINLOG_DUMP, fileDump(file, position, flags, settings.serverId()));
            case BinlogStart.AfterMariaDbGtids ignored -> {
                if (!mariaDb) {
                    throw new IllegalArgumentException("a MySQL server cannot start at MariaDB GTIDs");
                }
                command(channel, COM_BINLOG_DUMP, fileDump("", FIRST_POSITION, flags, settings.serverId()));
            }
            case BinlogStart.AfterMySqlGtids(String executedSet) ->
                    command(channel, COM_BINLOG_DUMP_GTID, gtidDump(executedSet, flags, settings.serverId()));
        }
    }

    private static SqlBytes fileDump(String file, long position, int flags, long serverId) {
        if (position < FIRST_POSITION || position > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("position " + position + " of " + file + " is not within 4 to 2^32-1");
        }
        SqlBytes packet = new SqlBytes(64);
        little(packet, position, 4);
        little(packet, flags, 2);
        little(packet, serverId, 4);
        return packet.sql(file);
    }

    private static SqlBytes gtidDump(String executedSet, int flags, long serverId) {
        byte[] set = GtidSetCodec.encode(executedSet);
        SqlBytes packet = new SqlBytes(set.length + 64);
        little(packet, flags | DUMP_THROUGH_GTID, 2);
        little(packet, serverId, 4);
        little(packet, 0, 4);
        little(packet, FIRST_POSITION, 8);
        little(packet, set.length, 4);
        return packet.raw(set);
    }

    private static void command(PacketChannel channel, int command, SqlBytes body) {
        channel.startCommand();
        channel.write(command, body.buffer(), 0, body.size());
        channel.flush();
        channel.expect(channel.answerSequence());
    }

    private static void little(SqlBytes to, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            to.raw((int) (value >>> 8 * i));
        }
    }
}
