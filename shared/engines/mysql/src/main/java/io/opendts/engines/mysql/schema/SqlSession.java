package io.opendts.engines.mysql.schema;

import java.util.List;

/**
 * What reading and making schemas needs of a connection: text in, text out, both in utf8mb4. One thread at a time.
 */
public interface SqlSession extends AutoCloseable {

    /** Opens sessions; each is used and closed by one thread. */
    @FunctionalInterface
    interface Supplier {
        SqlSession open();
    }

    /**
     * The server refused a statement.
     */
    final class Refused extends RuntimeException {
        private final int number;

        /** @param number the server's own error number */
        public Refused(int number, String message) {
            super(message);
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    /** All rows; a SQL NULL is null. */
    List<List<String>> query(String sql);

    void execute(String sql);

    @Override
    void close();
}
