package io.opendts.model;

import java.util.Objects;

/**
 * One answer of a precheck.
 *
 * @param item    stable id, as in {@code source.binlog.row-image}
 * @param code    of what is wrong, or would be
 * @param message what was found and what was wanted, with the object's name
 * @param remedy  what to do, ready to be pasted where that is possible; empty when passed
 * @param ignorable whether a user may go on in spite of it (then a failure becomes a warning)
 */
public record CheckItem(String item, Result result, ErrorCode code, String message, String remedy, boolean ignorable) {

    public enum Result { PASSED, WARNING, FAILED }

    public CheckItem {
        Objects.requireNonNull(item, "item");
        Objects.requireNonNull(result, "result");
    }

    public static CheckItem passed(String item, ErrorCode code, String message) {
        return new CheckItem(item, Result.PASSED, code, message, "", false);
    }

    public static CheckItem failed(String item, ErrorCode code, String message, String remedy) {
        return new CheckItem(item, Result.FAILED, code, message, remedy, false);
    }

    public static CheckItem warning(String item, ErrorCode code, String message, String remedy) {
        return new CheckItem(item, Result.WARNING, code, message, remedy, true);
    }

    /** A failure that the user may choose to ignore. */
    public static CheckItem ignorable(String item, ErrorCode code, String message, String remedy) {
        return new CheckItem(item, Result.FAILED, code, message, remedy, true);
    }
}
