package io.opendts.model;

import java.util.Map;

/**
 * What marks a table, or a trigger, as one that a tool has made to change another table beside it: it does not travel.
 *
 * @param beside the table that is changed
 * @param kept   columns of a {@link Kind#REPLACEMENT} that are columns of that table, with their names there
 */
public record ShadowMark(TableId beside, Kind kind, Map<String, String> kept) {

    public enum Kind {
        /** Is filled with the table's rows and takes its place in the end. */
        REPLACEMENT,
        /** As a replacement, and it is not known what it looks like. */
        UNKNOWN_REPLACEMENT,
        /** The table itself under another name, until its replacement comes or it comes back. */
        ASIDE,
        /** What the tool keeps for itself, and tables that have been replaced. */
        HELPER,
        /** Carries changes of the table over to its replacement. */
        TRIGGER
    }

    public ShadowMark {
        kept = Map.copyOf(kept);
    }

    /** Of all but a replacement. */
    public ShadowMark(TableId beside, Kind kind) {
        this(beside, kind, Map.of());
    }
}
