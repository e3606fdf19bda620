package io.opendts.engines.mysql.ddl;

/** A statement, or what it would make of a table, is not known to this version: the server's catalog must tell. */
public final class NotUnderstood extends RuntimeException {

    public NotUnderstood(String what) {
        super(what);
    }
}
