package io.opendts.engines.mysql.wire;

/**
 * A column of a result set, as the server describes it (column definition 41).
 *
 * @param charset collation number; 63 is binary
 * @param type    type byte of the protocol, 0..255
 * @param length  largest width in bytes
 */
public record ColumnMeta(
        String schema, String table, String orgTable, String name, String orgName,
        int charset, long length, int type, int flags, int decimals) {

    public static final int FLAG_NOT_NULL = 0x0001;
    public static final int FLAG_PRIMARY_KEY = 0x0002;
    public static final int FLAG_UNSIGNED = 0x0020;
    public static final int FLAG_BINARY = 0x0080;

    public boolean unsigned() {
        return (flags & FLAG_UNSIGNED) != 0;
    }

    static ColumnMeta read(PacketReader in) {
        in.skipLengthEncodedString();
        String schema = in.lengthEncodedString();
        String table = in.lengthEncodedString();
        String orgTable = in.lengthEncodedString();
        String name = in.lengthEncodedString();
        String orgName = in.lengthEncodedString();
        in.lengthEncodedInt();
        return new ColumnMeta(schema, table, orgTable, name, orgName, in.int2(), in.uint4(), in.int1(), in.int2(), in.int1());
    }
}
