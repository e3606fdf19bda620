package io.opendts.engines.mysql.wire;

/** Where a log stream begins. */
public sealed interface BinlogStart {

    /** MySQL and MariaDB: a file of the server and the byte position of an event in it (4 is the first). */
    record AtFile(String file, long position) implements BinlogStart {
    }

    /** MySQL: everything that is not in the set, e.g. {@code uuid:1-5:8,uuid:tag:1-3}; empty is everything there is. */
    record AfterMySqlGtids(String executedSet) implements BinlogStart {
    }

    /** MariaDB: everything after these, one per domain, e.g. {@code 0-1-270,1-2-5}; empty is everything there is. */
    record AfterMariaDbGtids(String position) implements BinlogStart {
    }
}
