package io.opendts.engines.mysql.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;

/**
 * Packets of the MySQL protocol over a socket: 3 bytes of length, 1 of sequence, then the payload; a payload of 16 MB - 1
 * or more is cut into parts, the last one shorter than that. After {@link #read}, the payload is at
 * {@code buffer()[offset() .. offset() + length())} until the next read. One thread at a time, but {@link #abort} is for any.
 */
final class PacketChannel {

    static final int MAX_PART_BYTES = 0xFFFFFF;
    private static final int READ_BUFFER_BYTES = 256 << 10;
    private static final int WRITE_BUFFER_BYTES = 128 << 10;
    /** A joined packet up to this size leaves its buffer for the next one. */
    private static final int KEPT_LARGE_BUFFER_BYTES = 4 << 20;

    private final Socket raw;
    private final String where;
    private final int maxPacketBytes;
    private InputStream in;
    private OutputStream out;

    private final byte[] readBuffer = new byte[READ_BUFFER_BYTES];
    private int readPosition;
    private int readLimit;
    private byte[] large = new byte[0];
    private int expectedSequence;
    private int lastSequence;

    private byte[] payload = readBuffer;
    private int payloadOffset;
    private int payloadLength;

    private final byte[] writeBuffer = new byte[WRITE_BUFFER_BYTES];
    private int writeLength;
    private int writeSequence;

    PacketChannel(Socket raw, String where, int maxPacketBytes) throws IOException {
        this.raw = raw;
        this.where = where;
        this.maxPacketBytes = maxPacketBytes;
        this.in = raw.getInputStream();
        this.out = raw.getOutputStream();
    }

    /** Goes on over TLS. Bytes that came before it in the clear could be anybody's: they are an error. */
    void secure(SSLSocket secured) throws IOException {
        if (readPosition != readLimit) {
            throw new MySqlProtocolError(where + " sent data between its greeting and TLS");
        }
        in = secured.getInputStream();
        out = secured.getOutputStream();
    }

    byte[] buffer() {
        return payload;
    }

    int offset() {
        return payloadOffset;
    }

    int length() {
        return payloadLength;
    }

    /** The first byte of the payload, 0..255. */
    int kind() {
        if (payloadLength == 0) {
            throw new MySqlProtocolError(where + " sent an empty packet");
        }
        return payload[payloadOffset] & 0xFF;
    }

    PacketReader reader() {
        return new PacketReader(payload, payloadOffset, payloadLength);
    }

    /** The sequence number that the next packet of the server must have, from 0 to 255. */
    void expect(int sequence) {
        expectedSequence = sequence & 0xFF;
    }

    int lastSequence() {
        return lastSequence;
    }

    void read() {
        int part = readHeader();
        if (part <= READ_BUFFER_BYTES && part < MAX_PART_BYTES) {
            if (readLimit - readPosition < part) {
                fill(part);
            }
            payload = readBuffer;
            payloadOffset = readPosition;
            payloadLength = part;
            readPosition += part;
        } else {
            readLarge(part);
        }
    }

    /** Whether the next packet can be read without waiting: it is here, or its bytes are arriving. */
    boolean available() {
        int buffered = readLimit - readPosition;
        if (buffered >= 4) {
            if (buffered - 4 >= partLength()) {
                return true;
            }
        }
        try {
            return in.available() > 0 || raw.getInputStream().available() > 0;
        } catch (IOException e) {
            return true;
        }
    }

    private int readHeader() {
        if (readLimit - readPosition < 4) {
            fill(4);
        }
        int part = partLength();
        lastSequence = readBuffer[readPosition + 3] & 0xFF;
        readPosition += 4;
        if (lastSequence != expectedSequence) {
            throw new MySqlProtocolError(where + " sent packet " + lastSequence + " where " + expectedSequence + " was due");
        }
        expectedSequence = lastSequence + 1 & 0xFF;
        return part;
    }

    private int partLength() {
        int at = readPosition;
        return readBuffer[at] & 0xFF | (readBuffer[at + 1] & 0xFF) << 8 | (readBuffer[at + 2] & 0xFF) << 16;
    }

    private void readLarge(int firstPart) {
        if (large.length > KEPT_LARGE_BUFFER_BYTES) {
            large = new byte[0];
        }
        int total = 0;
        int part = firstPart;
        while (true) {
            if (part > maxPacketBytes - total) {
                throw new MySqlProtocolError(where + " sent a packet of more than maxPacketBytes=" + maxPacketBytes);
            }
            if (large.length < total + part) {
                long wanted = Math.min(maxPacketBytes, Math.max((long) total + part, large.length * 3L / 2));
                large = Arrays.copyOf(large, (int) wanted);
            }
            readInto(total, part);
            total += part;
            if (part < MAX_PART_BYTES) {
                break;
            }
            part = readHeader();
        }
        payload = large;
        payloadOffset = 0;
        payloadLength = total;
    }

    private void readInto(int offset, int length) {
        int buffered = Math.min(length, readLimit - readPosition);
        System.arraycopy(readBuffer, readPosition, large, offset, buffered);
        readPosition += buffered;
        int done = buffered;
        while (done < length) {
            done += receive(large, offset + done, length - done);
        }
    }

    private void fill(int needed) {
        int buffered = readLimit - readPosition;
        if (readPosition > 0) {
            System.arraycopy(readBuffer, readPosition, readBuffer, 0, buffered);
            readPosition = 0;
            readLimit = buffered;
        }
        while (readLimit < needed) {
            readLimit += receive(readBuffer, readLimit, READ_BUFFER_BYTES - readLimit);
        }
    }

    private int receive(byte[] into, int offset, int length) {
        try {
            int count = in.read(into, offset, length);
            if (count <= 0) {
                throw new MySqlIoError(where + " closed the connection", false, null);
            }
            return count;
        } catch (SocketTimeoutException e) {
            throw new MySqlIoError(where + " sent nothing within the read timeout", true, e);
        } catch (IOException e) {
            throw new MySqlIoError("reading from " + where + " failed: " + e.getMessage(), false, e);
        }
    }

    /** Starts a command, whose packets are numbered from 0 again. */
    void startCommand() {
        writeSequence = 0;
    }

    /** The next packets answer the server's last one. */
    void startAnswer() {
        writeSequence = lastSequence + 1 & 0xFF;
    }

    /** The number that the server's answer to what was written will have. */
    int answerSequence() {
        return writeSequence;
    }

    /** One logical packet: an optional first byte (-1 for none), then the bytes. Buffered until {@link #flush}. */
    void write(int first, byte[] bytes, int offset, int length) {
        long total = (first < 0 ? 0L : 1L) + length;
        int from = offset;
        boolean leading = first >= 0;
        long left = total;
        while (true) {
            int part = (int) Math.min(MAX_PART_BYTES, left);
            writeHeader(part);
            int body = part;
            if (leading) {
                writeBuffer[writeLength++] = (byte) first;
                body--;
                leading = false;
            }
            append(bytes, from, body);
            from += body;
            left -= part;
            if (part < MAX_PART_BYTES) {
                return;
            }
        }
    }

    void flush() {
        if (writeLength > 0) {
            int length = writeLength;
            writeLength = 0;
            send(writeBuffer, 0, length);
        }
    }

    private void writeHeader(int length) {
        if (WRITE_BUFFER_BYTES - writeLength < 5) {
            flush();
        }
        writeBuffer[writeLength++] = (byte) length;
        writeBuffer[writeLength++] = (byte) (length >>> 8);
        writeBuffer[writeLength++] = (byte) (length >>> 16);
        writeBuffer[writeLength++] = (byte) writeSequence;
        writeSequence = writeSequence + 1 & 0xFF;
    }

    private void append(byte[] bytes, int offset, int length) {
        if (length > WRITE_BUFFER_BYTES - writeLength) {
            flush();
        }
        if (length > WRITE_BUFFER_BYTES) {
            send(bytes, offset, length);
        } else {
            System.arraycopy(bytes, offset, writeBuffer, writeLength, length);
            writeLength += length;
        }
    }

    private void send(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new MySqlIoError("writing to " + where + " failed: " + e.getMessage(), false, e);
        }
    }

    void readTimeoutMillis(int millis) {
        try {
            raw.setSoTimeout(millis);
        } catch (IOException e) {
            throw new MySqlIoError("the connection to " + where + " is closed", false, e);
        }
    }

    /** Closes the TCP socket under TLS as well: TLS's own goodbye could wait for a reader that is blocked. Any thread. */
    void abort() {
        try {
            raw.close();
        } catch (IOException e) {
            System.getLogger(PacketChannel.class.getName()).log(System.Logger.Level.DEBUG, "closing the connection to " + where, e);
        }
    }
}
