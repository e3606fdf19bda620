package io.opendts.engines.mysql.wire;

import java.util.List;

/** Takes the rows of a big result, on the thread that called {@link MySqlConnection#stream}. */
public interface RowHandler {

    /** Called once, before the first row, also when there is none. */
    void columns(List<ColumnMeta> columns);

    /**
     * One packed row: per column a length-encoded string, 0xFB for NULL (text protocol). The bytes are the connection's
     * own read buffer: valid only during the call, never to be written to. Throwing ends the stream by closing the
     * connection: it is how a stream is cancelled.
     */
    void row(byte[] buffer, int offset, int length, int columnCount);
}
