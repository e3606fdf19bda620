package io.opendts.engines.mysql.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads the events that name a transaction. The fields hold what the last one said; the source's text is kept from one
 * transaction to the next, because it is nearly always the same. One thread.
 */
final class GtidEvents {

    /** MariaDB: the group is one event without a COMMIT. */
    private static final int STANDALONE = 1;
    private static final int GROUP_COMMIT_ID = 2;
    private static final int XA = 64 | 128;
    private static final int EXTRA_MULTI_ENGINE = 1;
    private static final int EXTRA_START_ALTER = 2;
    private static final int EXTRA_ROLLBACK_ALTER = 8;

    private final byte[] uuid = new byte[16];
    private String tag = "";
    private String source = "";

    /** MySQL: {@code uuid} or {@code uuid:tag}; empty for a MariaDB or an anonymous transaction. */
    private String named = "";
    private long number;
    private long domain;
    private long server;
    private boolean mariaDb;
    private boolean standalone;
    private boolean alterUndecided;
    private long micros;

    void none() {
        named = "";
        mariaDb = false;
        standalone = false;
        alterUndecided = false;
        micros = 0;
    }

    /** GTID and ANONYMOUS_GTID: flags, 16 bytes of uuid, number, type of logical clock, two clocks, 7 bytes of microseconds. */
    void plain(Bytes in, boolean anonymous) {
        none();
        in.skip(1);
        source(in.array, in.at, "");
        in.skip(16);
        number = in.i64();
        named = anonymous ? "" : source;
        if (in.left() >= 17 + 7) {
            in.skip(17);
            micros = in.littleEndian(7) & (1L << 55) - 1;
        }
    }

    /**
     * GTID_TAGGED, in the form of MySQL's serialization library: version, size, last field that must be understood, then pairs of
     * field number and value; numbers take as many bytes as their lowest set bits say, those of a uuid's 16 octets too.
     */
    void tagged(Bytes in) {
        none();
        number(in);
        number(in);
        number(in);
        String withTag = "";
        byte[] octets = null;
        while (in.left() > 0) {
            int field = (int) number(in);
            switch (field) {
                case 1 -> {
                    octets = new byte[16];
                    for (int i = 0; i < octets.length; i++) {
                        octets[i] = (byte) number(in);
                    }
                }
                case 2 -> number = signed(in);
                case 3 -> withTag = in.text((int) number(in), StandardCharsets.US_ASCII);
                case 6 -> micros = number(in);
                case 0, 4, 5, 7, 8, 9, 10, 11 -> number(in);
                // fields of later versions lie behind those that are needed, and may be left out by definition
                default -> in.at = in.end;
            }
        }
        if (octets == null) {
            throw new IndexOutOfBoundsException("a tagged GTID without a uuid");
        }
        source(octets, 0, withTag);
        named = source;
    }

    /** MARIADB_GTID: sequence, domain, flags, then what the flags announce. */
    void mariaDb(Bytes in, long serverId) {
        none();
        mariaDb = true;
        number = in.i64();
        domain = in.u32();
        server = serverId;
        int flags = in.u8();
        standalone = (flags & STANDALONE) != 0;
        if ((flags & GROUP_COMMIT_ID) != 0) {
            in.skip(8);
        }
        if ((flags & XA) != 0) {
            in.skip(4);
            int global = in.u8();
            in.skip(global + in.u8());
        }
        int extra = in.left() > 0 ? in.u8() : 0;
        alterUndecided = (extra & (EXTRA_START_ALTER | EXTRA_ROLLBACK_ALTER)) != 0 && (extra & EXTRA_MULTI_ENGINE) == 0;
    }

    private void source(byte[] octets, int at, String withTag) {
        boolean same = Arrays.equals(uuid, 0, 16, octets, at, at + 16) && tag.equals(withTag) && !source.isEmpty();
        if (!same) {
            System.arraycopy(octets, at, uuid, 0, 16);
            tag = withTag;
            String hex = HexFormat.of().formatHex(uuid);
            source = hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-" + hex.substring(16, 20)
                    + "-" + hex.substring(20) + (withTag.isEmpty() ? "" : ":" + withTag);
        }
    }

    private static long number(Bytes in) {
        int more = Integer.numberOfTrailingZeros(~in.array[in.at]) & 0x1F;
        if (more >= 8) {
            in.skip(1);
            return in.i64();
        }
        return in.littleEndian(more + 1) >>> more + 1;
    }

    private static long signed(Bytes in) {
        long value = number(in);
        return value >>> 1 ^ -(value & 1);
    }

    /** As the server prints it; empty for a transaction without one. */
    String id() {
        return mariaDb ? domain + "-" + server + "-" + number : named.isEmpty() ? "" : named + ":" + number;
    }

    void addTo(LogTracker tracker) {
        if (mariaDb) {
            tracker.add(domain, server, number);
        } else if (!named.isEmpty()) {
            tracker.add(named, number);
        }
    }

    boolean isMariaDb() {
        return mariaDb;
    }

    boolean isStandalone() {
        return standalone;
    }

    /** Whether it is only the announcement or the failure of an ALTER TABLE that is logged in two steps. */
    boolean isAlterUndecided() {
        return alterUndecided;
    }

    /** Of the commit, since 1970; 0 where the server logs whole seconds only. */
    long micros() {
        return micros;
    }
}
