package io.opendts.testkit;

/** Something that a server needs could not be fetched or unpacked; the message says what, for the user to act on. */
final class FetchException extends Exception {

    FetchException(String message) {
        super(message);
    }

    FetchException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
