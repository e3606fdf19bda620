package io.opendts.model;

import java.util.Objects;

/**
 * An error that a user can meet: what happened, to which object and value, and what to do about it. Neither text ever
 * holds a secret.
 */
public final class DtsException extends RuntimeException {

    private final ErrorCode code;
    private final String remedy;

    public DtsException(ErrorCode code, String message, String remedy) {
        this(code, message, remedy, null);
    }

    public DtsException(ErrorCode code, String message, String remedy, Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.code = Objects.requireNonNull(code, "code");
        this.remedy = Objects.requireNonNull(remedy, "remedy");
    }

    public ErrorCode code() {
        return code;
    }

    public String remedy() {
        return remedy;
    }
}
