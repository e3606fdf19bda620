package io.opendts.engines.mysql.wire;

/** OK and ERR packets. */
final class Replies {

    private Replies() {
    }

    /** Also takes the OK that ends a result set, whose first byte is 0xFE. */
    static OkResult ok(PacketReader in) {
        in.skip(1);
        long affected = in.lengthEncodedInt();
        long insertId = in.lengthEncodedInt();
        int status = in.int2();
        int warnings = in.int2();
        String info = in.remaining() > 0 ? in.lengthEncodedString() : "";
        return new OkResult(affected, insertId, warnings, info, status);
    }

    /** The old end of a result set, from servers without CLIENT_DEPRECATE_EOF. */
    static OkResult eof(PacketReader in) {
        in.skip(1);
        int warnings = in.remaining() >= 2 ? in.int2() : 0;
        int status = in.remaining() >= 2 ? in.int2() : 0;
        return new OkResult(0, 0, warnings, "", status);
    }

    static MySqlServerError error(PacketReader in) {
        in.skip(1);
        int errno = in.int2();
        String text = in.rest();
        // before the login there is no SQL state
        boolean withState = text.length() >= 6 && text.charAt(0) == '#';
        String message = withState ? text.substring(6) : text;
        return new MySqlServerError(errno, withState ? text.substring(1, 6) : "HY000", message);
    }
}
