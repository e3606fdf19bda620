package io.opendts.engines.mysql.log;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The events inside a TRANSACTION_PAYLOAD, unpacked one by one, so that memory holds one of them at a time. Source:
 * "Transaction_payload_event" of MySQL: pairs of type, length, value (1 size, 2 method, 3 unpacked size), 0 ends them.
 */
final class PayloadEvents implements AutoCloseable {

    private static final int END = 0;
    private static final int METHOD = 2;
    private static final int ZSTD = 0;
    private static final int PLAIN = 255;
    private static final int HEADER_BYTES = 19;
    private static final int SIZE_AT = 9;

    private final InputStream stream;

    private PayloadEvents(InputStream stream) {
        this.stream = stream;
    }

    /** @param in the event's data; its bytes must stay until the last inner event has been taken */
    static PayloadEvents open(Bytes in, Place where) throws IOException {
        long method = ZSTD;
        while (true) {
            long field = in.lengthEncoded();
            if (field == END) {
                break;
            }
            int until = in.length(in.lengthEncoded()) + in.at;
            if (field == METHOD) {
                method = in.lengthEncoded();
            }
            in.at = until;
        }
        InputStream packed = new ByteArrayInputStream(in.array, in.at, in.left());
        if (method == PLAIN) {
            return new PayloadEvents(packed);
        }
        if (method != ZSTD) {
            throw LogErrors.unsupported(where, "a transaction compressed by method " + method,
                    "Run SET GLOBAL binlog_transaction_compression = OFF on the source, and update OpenDTS.");
        }
        return new PayloadEvents(new ZstdInputStreamNoFinalizer(packed));
    }

    /** One whole event with its header and without a checksum; null behind the last. */
    byte[] next() throws IOException {
        byte[] header = stream.readNBytes(HEADER_BYTES);
        if (header.length == 0) {
            return null;
        }
        if (header.length < HEADER_BYTES) {
            throw new IOException("inner event cut short");
        }
        long size = JsonText.number(header, SIZE_AT, 4);
        if (size < HEADER_BYTES || size > Integer.MAX_VALUE - 16) {
            throw new IOException("inner event of " + size + " bytes");
        }
        byte[] event = new byte[(int) size];
        System.arraycopy(header, 0, event, 0, HEADER_BYTES);
        int got = stream.readNBytes(event, HEADER_BYTES, event.length - HEADER_BYTES);
        if (got != event.length - HEADER_BYTES) {
            throw new IOException("inner event cut short");
        }
        return event;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
