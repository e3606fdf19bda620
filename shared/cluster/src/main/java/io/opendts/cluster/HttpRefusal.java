package io.opendts.cluster;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;

/**
 * Why a CloudEvent sent over HTTP was not worked on. What trying again cannot mend has a status that Knative does not send again:
 * it does for 404, 408, 409, 425, 429 and 5xx, hence 410 for a task that is not there and 422 for one that does not want it.
 */
record HttpRefusal(int status, ErrorCode code, String message, String remedy) {

    private static final System.Logger LOG = System.getLogger(HttpRefusal.class.getName());

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int TOO_LARGE = 413;
    private static final int UNKNOWN_MEDIA = 415;
    private static final int UNPROCESSABLE = 422;
    private static final int INTERNAL = 500;
    private static final int UNAVAILABLE = 503;

    private static final String AS_IN_THE_CONTRACT =
            "send a CloudEvent 1.0 of a type that this function takes, in binary or structured mode, with "
                    + "JSON data whose task is its subject";

    boolean retryable() {
        return status == UNAVAILABLE;
    }

    static HttpRefusal tooLarge(long bytesMax) {
        return new HttpRefusal(TOO_LARGE, ErrorCode.MESSAGE_REFUSED, "the body has more than " + bytesMax + " bytes",
                "send what the contract says; a larger one is not worked on");
    }

    static HttpRefusal unknownMedia(String media) {
        return new HttpRefusal(UNKNOWN_MEDIA, ErrorCode.MESSAGE_REFUSED, "the content type " + media + " is not taken",
                "send application/json (binary mode) or application/cloudevents+json (structured mode)");
    }

    static HttpRefusal waiting(String reason) {
        return new HttpRefusal(UNAVAILABLE, ErrorCode.STATE_STORE_UNREACHABLE, "this process waits: " + reason, "send it again later");
    }

    static HttpRefusal of(DtsException failure) {
        return switch (failure.code()) {
            case MESSAGE_REFUSED, QUEUE_DAMAGED ->
                    new HttpRefusal(BAD_REQUEST, ErrorCode.MESSAGE_REFUSED, failure.getMessage(), AS_IN_THE_CONTRACT);
            case TASK_NOT_FOUND -> as(GONE, failure);
            case NOT_POSSIBLE_IN_STATE -> as(UNPROCESSABLE, failure);
            case BUG -> as(INTERNAL, failure);
            default -> as(failure.code().retryable() ? UNAVAILABLE : UNPROCESSABLE, failure);
        };
    }

    private static HttpRefusal as(int status, DtsException failure) {
        return new HttpRefusal(status, failure.code(), failure.getMessage(), failure.remedy());
    }

    /** @param failure null when whoever gave up has told the status alone; of anything unknown the log has the trace */
    static HttpRefusal of(int status, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DtsException known) {
                return of(known);
            }
        }
        if (status == NOT_FOUND) {
            return new HttpRefusal(NOT_FOUND, ErrorCode.MESSAGE_REFUSED, "nothing here takes this path, or events of this type",
                    AS_IN_THE_CONTRACT);
        }
        if (status == TOO_LARGE) {
            return new HttpRefusal(TOO_LARGE, ErrorCode.MESSAGE_REFUSED, "the body is too large", "send what the contract says");
        }
        if (status >= BAD_REQUEST && status < INTERNAL) {
            return new HttpRefusal(status, ErrorCode.MESSAGE_REFUSED, "this is no request that is answered here", AS_IN_THE_CONTRACT);
        }
        LOG.log(System.Logger.Level.ERROR, "unexpected failure of a request", failure);
        return new HttpRefusal(INTERNAL, ErrorCode.BUG,
                "unexpected " + (failure == null ? "status " + status : failure.getClass().getSimpleName()) + " in OpenDTS",
                "report it with the trace in the log of this process; sending it again is safe");
    }
}
