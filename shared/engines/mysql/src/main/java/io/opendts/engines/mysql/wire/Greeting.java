package io.opendts.engines.mysql.wire;

import java.util.Arrays;

/**
 * The server's first packet (handshake version 10), and the capability bits of both families.
 *
 * @param nonce 20 random bytes for the scramble
 */
record Greeting(String serverVersion, long connectionId, byte[] nonce, long capabilities, String authPlugin) {

    static final long LONG_PASSWORD = 1;
    static final long FOUND_ROWS = 1 << 1;
    static final long LONG_FLAG = 1 << 2;
    static final long CONNECT_WITH_DB = 1 << 3;
    static final long LOCAL_FILES = 1 << 7;
    static final long PROTOCOL_41 = 1 << 9;
    static final long SSL = 1 << 11;
    static final long TRANSACTIONS = 1 << 13;
    static final long SECURE_CONNECTION = 1 << 15;
    static final long MULTI_STATEMENTS = 1 << 16;
    static final long MULTI_RESULTS = 1 << 17;
    static final long PLUGIN_AUTH = 1 << 19;
    static final long CONNECT_ATTRS = 1 << 20;
    static final long PLUGIN_AUTH_LENENC = 1 << 21;
    static final long DEPRECATE_EOF = 1 << 24;

    /** MariaDB says this before its version, so that old replicas take it for a MySQL 5. */
    private static final String MARIADB_PREFIX = "5.5.5-";
    private static final int NONCE_BYTES = 20;
    private static final long REQUIRED = PROTOCOL_41 | SECURE_CONNECTION | PLUGIN_AUTH;

    static Greeting read(PacketReader in) {
        int version = in.int1();
        if (version != 10) {
            throw new MySqlProtocolError("the server greets with protocol version " + version + ", only 10 (MySQL, MariaDB) is known");
        }
        String serverVersion = in.nulString();
        long connectionId = in.uint4();
        byte[] first = in.bytes(8);
        in.skip(1);
        long capabilities = in.int2();
        in.skip(3);
        capabilities |= (long) in.int2() << 16;
        int nonceLength = in.int1();
        in.skip(10);
        if ((capabilities & REQUIRED) != REQUIRED) {
            throw new MySqlProtocolError("the server is too old: it lacks protocol 4.1, secure or pluggable authentication");
        }
        byte[] second = in.bytes(Math.min(in.remaining(), Math.max(13, nonceLength - 8)));
        byte[] nonce = Arrays.copyOf(first, NONCE_BYTES);
        System.arraycopy(second, 0, nonce, 8, Math.min(second.length, NONCE_BYTES - 8));
        String plugin = in.nulString();
        String shown = serverVersion.startsWith(MARIADB_PREFIX) ? serverVersion.substring(MARIADB_PREFIX.length()) : serverVersion;
        return new Greeting(shown, connectionId, nonce, capabilities, plugin);
    }

    boolean offers(long capability) {
        return (capabilities & capability) != 0;
    }
}
