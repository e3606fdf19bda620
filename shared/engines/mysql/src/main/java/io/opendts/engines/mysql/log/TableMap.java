package io.opendts.engines.mysql.log;

import io.opendts.model.TableId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a TABLE_MAP event says about the rows behind it.
 *
 * @param types real types: what hides in a STRING's metadata (ENUM, SET, long CHAR) is taken out
 * @param metas meaning depends on the type: length in bytes, digits of the fraction, precision << 8 | scale, bytes of length
 * @param names of the columns; empty unless the server logs with binlog_row_metadata=FULL
 */
record TableMap(TableId table, LogType[] types, int[] metas, List<String> names) {

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
        return new TableMap(table, types, metas, names(in));
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

    /** Optional metadata is a list of type, length, value; only the names serve here, the rest is in the catalog. */
    private static List<String> names(Bytes in) {
        List<String> names = new ArrayList<>();
        while (in.left() > 0) {
            int field = in.u8();
            int until = in.length(in.lengthEncoded()) + in.at;
            if (field == FIELD_COLUMN_NAMES) {
                while (in.at < until) {
                    names.add(in.text((int) in.lengthEncoded(), StandardCharsets.UTF_8));
                }
            }
            in.at = until;
        }
        return names;
    }
}
