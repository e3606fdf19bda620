package io.opendts.engines.mysql.wire;

/** Produces the data of one LOAD DATA LOCAL, once, on the calling thread. */
@FunctionalInterface
public interface LoadSource {

    void writeTo(Sink sink);

    /** Bytes of the "file". Each call may wait for the server: that is the backpressure. */
    interface Sink {

        void write(byte[] bytes, int offset, int length);
    }
}
