package io.opendts.engines.mysql.wire;

/** What a server's error number means for going on. Numbers: MySQL's and MariaDB's error message lists. */
public final class Errno {

    public static final int DUPLICATE_KEY = 1062;
    public static final int NO_SUCH_TABLE = 1146;
    public static final int ACCESS_DENIED = 1045;
    public static final int LOG_PURGED_OR_FATAL_DUMP = 1236;

    private Errno() {
    }

    /** What to do with the statement or transaction that got the error. */
    public enum Meaning {
        /** The same again gives the same error. */
        PERMANENT,
        /** The transaction lost against another one: roll back and try it again, on this connection. */
        RETRY_TRANSACTION,
        /** The server cannot take it now (full, stopping, read only): try again later, best on a new connection. */
        RETRY_LATER,
        /** The connection is gone with it: connect anew, and find out what took effect. */
        CONNECTION_LOST
    }

    public static Meaning meaning(int errno) {
        return switch (errno) {
            case 1205, 1213, 1020, 3101, 3572, 1614, 1637, 1412 -> Meaning.RETRY_TRANSACTION;
            // too many connections (also per user), disk full, no memory, resources, read only, offline mode, standby
            case 1040, 1203, 1226, 1021, 1037, 1038, 1041, 1135, 1290, 1792, 1836, 3032, 1114, 1129, 1206, 1689, 1180, 1317, 1969, 3024
                    -> Meaning.RETRY_LATER;
            // shutdown, killed, aborted, packets out of order or broken, network errors, idle and wait timeouts, dump thread replaced
            case 1053, 1077, 1078, 1079, 1080, 1152, 1154, 1155, 1156, 1157, 1158, 1159, 1160, 1161, 1184, 1927, 3168, 3169, 3170, 4031
                    -> Meaning.CONNECTION_LOST;
            default -> Meaning.PERMANENT;
        };
    }

    public static boolean retryable(int errno) {
        return meaning(errno) != Meaning.PERMANENT;
    }

    public static boolean connectionLost(int errno) {
        return meaning(errno) == Meaning.CONNECTION_LOST;
    }
}
