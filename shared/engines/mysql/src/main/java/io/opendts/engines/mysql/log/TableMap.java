package io.opendts.engines.mysql.log;

import io.opendts.model.TableId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a TABLE_MAP event says about the rows behind it.
 *
 * @param types real types: what hides in a STRING's metadata (ENUM, SET, long CHAR) is taken out
 * @param metas meaning depends on the type: length in bytes, digits of the fraction, precision << 8 | scale, bytes of length
 * @param names of the columns; empty unless the server logs with binlog_row_metadata=FULL
 * @param unsigned of the columns that are numbers; empty where the server does not log it, which MySQL does from 8.0 on
 */
record TableMap(TableId table, LogType[] types, int[] metas, List<String> names, Optional<BitSet> unsigned) {

    private static final Set<LogType> NUMBERS = EnumSet.of(LogType.TINY, LogType.SHORT, LogType.INT24, LogType.LONG, LogType.LONGLONG,
            LogType.NEWDECIMAL, LogType.FLOAT, LogType.DOUBLE);
    private static final int FIELD_SIGNS = 1;
    private static final int FIELD_COLUMN_NAMES = 4;

    /** Only database and table name of the event's body; the cursor stands at the body's begin and is moved behind them. */
    static TableId table(Bytes in) {
        in.skip(8);
        String database = in.text(in.u8(), StandardCharsets.UTF_8);
        in.skip(1);
        String name = in.text(in.u8(), StandardCharsets.UTF_8);
        in.skip(1);
        return new TableId(database, name);
    }

    /** @param in stands behind the names */
    static TableMap columns(TableId table, Bytes in) {
        int count = in.length(in.lengthEncoded());
        LogType[] types = new LogType[count];
        int[] metas = new int[count];
        for (int i = 0; i < count; i++) {
            types[i] = LogType.of(in.u8());
        }
        int behindMetas = in.length(in.lengthEncoded()) + in.at;
        for (int i = 0; i < count && in.at < behindMetas; i++) {
            if (types[i] == LogType.TYPED_ARRAY) {
                // a multi-valued index: its metadata has the element's type in front; only its length on the wire matters
                LogType element = LogType.of(in.u8());
                meta(element, in);
                continue;
            }
            metas[i] = meta(types[i], in);
            if (types[i] == LogType.STRING) {
                unpackString(types, metas, i);
            }
        }
        if (in.at != behindMetas) {
            throw new IndexOutOfBoundsException("metadata of " + table + " ends at " + in.at + ", not at " + behindMetas);
        }
        in.skip((count + 7) / 8);
        return withMetadata(table, types, metas, in);
    }

    /** Optional metadata is a list of type, length, value; only names and signs serve here, the rest is in the catalog. */
    private static TableMap withMetadata(TableId table, LogType[] types, int[] metas, Bytes in) {
        List<String> names = new ArrayList<>();
        Optional<BitSet> unsigned = Optional.empty();
        while (in.left() > 0) {
            int field = in.u8();
            int until = in.length(in.lengthEncoded()) + in.at;
            if (field == FIELD_COLUMN_NAMES) {
                while (in.at < until) {
                    names.add(in.text((int) in.lengthEncoded(), StandardCharsets.UTF_8));
                }
            } else if (field == FIELD_SIGNS) {
                unsigned = signs(types, in, until);
            }
            in.at = until;
        }
        return new TableMap(table, types, metas, names, unsigned);
    }

    /** A bit for each number, the highest of a byte first. Whether YEAR counts as one is not said. */
    private static Optional<BitSet> signs(LogType[] types, Bytes in, int until) {
        if (Arrays.asList(types).contains(LogType.YEAR)) {
            return Optional.empty();
        }
        BitSet unsigned = new BitSet();
        int number = 0;
        int octet = 0;
        for (int i = 0; i < types.length; i++) {
            if (NUMBERS.contains(types[i])) {
                if (number % 8 == 0 && in.at < until) {
                    octet = in.u8();
                }
                unsigned.set(i, (octet & 0x80 >> number % 8) != 0);
                number++;
            }
        }
        return Optional.of(unsigned);
    }

    /** Whether the column is a number with another sign than is known. */
    boolean signDiffers(int column, boolean knownUnsigned) {
        return NUMBERS.contains(types[column]) && unsigned.filter(u -> u.get(column) != knownUnsigned).isPresent();
    }

    private static int meta(LogType type, Bytes in) {
        return switch (type) {
            case FLOAT, DOUBLE, BLOB, TINY_BLOB, MEDIUM_BLOB, LONG_BLOB, JSON, GEOMETRY, VECTOR, TIMESTAMP2, DATETIME2, TIME2,
                    BLOB_COMPRESSED -> in.u8();
            case VARCHAR, BIT, VARCHAR_COMPRESSED -> in.u16();
            case NEWDECIMAL, STRING, ENUM, SET, VAR_STRING -> (int) in.bigEndian(2);
            case UNKNOWN, DECIMAL, TINY, SHORT, LONG, NULL, TIMESTAMP, LONGLONG, INT24, DATE, TIME, DATETIME, YEAR, NEWDATE,
                    TYPED_ARRAY -> 0;
        };
    }

    /**
     * A STRING's first metadata byte is its real type, except that CHAR columns of more than 255 bytes keep two bits of their
     * length there, inverted.
     */
    private static void unpackString(LogType[] types, int[] metas, int i) {
        int first = metas[i] >> 8;
        int second = metas[i] & 0xFF;
        if ((first & 0x30) != 0x30) {
            metas[i] = second | ((first & 0x30) ^ 0x30) << 4;
            return;
        }
        types[i] = LogType.of(first);
        metas[i] = second;
    }
}
