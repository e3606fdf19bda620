package io.opendts.bench;

/** A contestant or the preparation for it did not work; the message is for the page. */
final class ContestantFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ContestantFailed(String message) {
        super(message);
    }
}
