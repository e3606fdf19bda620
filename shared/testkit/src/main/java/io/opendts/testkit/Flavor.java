package io.opendts.testkit;

/** The two dialects: they differ in initialization, GTIDs and options, not in the protocol. */
public enum Flavor {
    MYSQL,
    MARIADB
}
