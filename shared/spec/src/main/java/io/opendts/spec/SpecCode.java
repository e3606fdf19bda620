package io.opendts.spec;

/** Kinds of mistakes of a task file. A number never changes its meaning. */
public enum SpecCode {
    FILE_UNREADABLE(1001),
    SYNTAX(1002),
    UNKNOWN_KEY(1003),
    DUPLICATE_KEY(1004),
    MISSING_KEY(1005),
    BAD_VALUE(1006),
    KEY_DOES_NOT_APPLY(1007),
    REFERENCE_UNRESOLVED(1008),
    CONTRADICTION(1009),
    BAD_EXPRESSION(1010),
    SELECTED_TWICE(1011),
    SERVERS_OWN_DATABASE(1012),
    SAME_TARGET(1013),
    /** The same as {@link io.opendts.model.ErrorCode#FILTER_UNSUPPORTED}: what the file shows here, the catalog shows later. */
    FILTER_UNSUPPORTED(4101);

    private final int number;

    SpecCode(int number) {
        this.number = number;
    }

    public String code() {
        return "DTS-" + number;
    }
}
