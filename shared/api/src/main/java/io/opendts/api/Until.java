package io.opendts.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where following a task ends by itself. */
public enum Until {
    /** Never. */
    ENDLESS,
    /** Where a run of the task in one process would end. */
    END,
    /** As END, and when all that the source had committed at the beginning is on the target. */
    CAUGHT_UP,
    /** The next precheck has been told. */
    PRECHECKED,
    /** The comparison that runs has been told. */
    VERIFIED,
    /** All that has happened so far has been told. */
    NOW;

    /** As in the query. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Until> of(String word) {
        return Arrays.stream(values()).filter(until -> until.word().equals(word)).findFirst();
    }
}
