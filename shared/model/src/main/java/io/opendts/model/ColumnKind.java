package io.opendts.model;

/**
 * What a column holds, in terms that every engine shares. It tells a target how to write the canonical bytes of a
 * value (see {@link Row}) and a reader of events how to interpret them; an engine's own type is in
 * {@link Column#nativeType()}.
 */
public enum ColumnKind {
    /** Signed or unsigned integer, as decimal digits. */
    INTEGER,
    /** Exact decimal, as the server prints it. */
    DECIMAL,
    /** 32-bit float, as the shortest text that reads back to the same bits (Float.toString). */
    FLOAT,
    /** 64-bit float, as the shortest text that reads back to the same bits (Double.toString). */
    DOUBLE,
    /** Bit field, as big-endian bytes. */
    BIT,
    /** Character data, as bytes in the column's own character set. */
    TEXT,
    /** Binary data, as it is. */
    BYTES,
    /** yyyy-mm-dd, zero and partial dates included. */
    DATE,
    /** [-]hhh:mm:ss[.ffffff]. */
    TIME,
    /** yyyy-mm-dd hh:mm:ss[.ffffff] without a zone. */
    DATETIME,
    /** As DATETIME, in UTC. */
    TIMESTAMP,
    /** Four digits. */
    YEAR,
    /** The label, as bytes in the column's own character set. */
    ENUM,
    /** The labels joined by commas, as bytes in the column's own character set. */
    SET,
    /** The server's own JSON text in UTF-8. */
    JSON,
    /** The server's internal form: 4 bytes of SRID (little endian), then WKB. */
    GEOMETRY,
    /** The server's internal form: 4-byte little-endian floats. */
    VECTOR,
    /** Canonical text with hyphens. */
    UUID,
    /** Dotted or colon text. */
    INET
}
