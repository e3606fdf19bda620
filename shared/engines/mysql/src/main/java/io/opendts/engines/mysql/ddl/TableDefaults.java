package io.opendts.engines.mysql.ddl;

/**
 * What columns of a table have that say nothing of their own.
 *
 * @param charset   of the table, or of its database where it is still to be made
 * @param collation never empty
 */
public record TableDefaults(String charset, String collation) {}
