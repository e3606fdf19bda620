package io.opendts.spi;

/** What becomes of the tables that tools for schema changes make beside the tables that they change. */
public enum OnlineDdl {
    /** They stay behind, and when one takes the place of its table the target's table becomes like it. */
    FOLLOW,
    /** They are tables like all others. */
    COPY,
    /** They stay behind, and a table whose place one takes is copied anew. */
    IGNORE
}
