package io.opendts.engines.mysql.wire;

/** Frames the data of a LOAD DATA LOCAL into packets; an empty packet is the end of the file. */
final class LoadSink implements LoadSource.Sink {

    /** Below the channel's write buffer, so that a packet never needs a write of its own. */
    private static final int PACKET_BYTES = 96 << 10;

    private final PacketChannel channel;
    private final byte[] pending = new byte[PACKET_BYTES];
    private int size;

    LoadSink(PacketChannel channel) {
        this.channel = channel;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (length > PACKET_BYTES - size) {
            sendPending();
        }
        int from = offset;
        int left = length;
        while (left > PACKET_BYTES) {
            channel.write(-1, bytes, from, PACKET_BYTES);
            from += PACKET_BYTES;
            left -= PACKET_BYTES;
        }
        System.arraycopy(bytes, from, pending, size, left);
        size += left;
    }

    void end() {
        sendPending();
        channel.write(-1, pending, 0, 0);
        channel.flush();
    }

    private void sendPending() {
        if (size > 0) {
            channel.write(-1, pending, 0, size);
            size = 0;
        }
    }
}
