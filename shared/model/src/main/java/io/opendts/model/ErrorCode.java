package io.opendts.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * Every error that a user can meet, with a number that never changes its meaning. Ranges: 1xxx task file and API, 2xxx
 * source, 3xxx target, 4xxx types and transformation, 5xxx queue and state, 9xxx a bug in OpenDTS.
 */
public enum ErrorCode {

    TASK_NOT_FOUND(1101, false),
    TASK_RUNS_ELSEWHERE(1102, true),
    TASK_CHANGED(1103, false),
    ENGINE_NOT_AVAILABLE(1104, false),
    NOT_POSSIBLE_IN_STATE(1105, false),
    FEATURE_NOT_AVAILABLE(1106, false),
    SELECTION_EMPTY(1107, false),
    SELECTION_AMBIGUOUS(1108, false),
    API_ACCESS_DENIED(1109, false),
    API_REQUEST_INVALID(1110, false),
    CLUSTER_SETTINGS(1111, false),

    SOURCE_UNREACHABLE(2001, true),
    SOURCE_ACCESS_DENIED(2002, false),
    SOURCE_TLS(2003, false),
    SOURCE_QUERY_FAILED(2004, false),
    SOURCE_VERSION(2101, false),
    SOURCE_PRIVILEGES(2102, false),
    SOURCE_LOG_OFF(2103, false),
    SOURCE_LOG_SETTINGS(2104, false),
    SOURCE_SERVER_ID(2105, false),
    SOURCE_RETENTION(2106, false),
    SOURCE_TABLE_MISSING(2107, false),
    SOURCE_STORAGE_ENGINE(2108, false),
    SOURCE_KEYLESS_TABLE(2109, false),
    SOURCE_FOREIGN_KEY(2110, false),
    SOURCE_HISTORY(2111, false),
    SOURCE_AUTO_INCREMENT(2112, false),
    LOG_PURGED(2201, false),
    LOG_EVENT_UNKNOWN(2202, false),
    LOG_EVENT_DAMAGED(2203, true),
    LOG_ROW_IMAGE_PARTIAL(2204, false),
    LOG_STATEMENT(2205, false),
    LOG_TABLE_CHANGED(2206, false),
    LOG_DDL(2207, false),
    LOG_CONNECTION_LOST(2208, true),
    LOG_SOURCE_REPLACED(2209, false),
    LOG_DDL_HELD(2210, false),

    TARGET_UNREACHABLE(3001, true),
    TARGET_ACCESS_DENIED(3002, false),
    TARGET_TLS(3003, false),
    TARGET_STATEMENT_FAILED(3004, false),
    TARGET_BUSY(3005, true),
    TARGET_VERSION(3101, false),
    TARGET_PRIVILEGES(3102, false),
    TARGET_TABLE_EXISTS(3103, false),
    TARGET_READ_ONLY(3104, false),
    TARGET_SETTINGS(3105, false),
    TARGET_OBJECT_UNSUPPORTED(3106, false),
    TARGET_IS_SOURCE(3107, false),
    TABLES_NOT_MERGEABLE(3108, false),
    CONFLICT(3201, false),
    ROW_REFUSED(3202, false),

    TYPE_UNKNOWN(4001, false),
    VALUE_UNREADABLE(4002, false),
    COLLATION_UNKNOWN(4003, false),
    FILTER_UNSUPPORTED(4101, false),

    STATE_UNAVAILABLE(5001, false),
    STATE_DAMAGED(5002, false),
    STATE_NEWER(5003, false),
    STATE_STORE_UNREACHABLE(5004, true),
    STATE_KEY(5005, false),
    QUEUE_DAMAGED(5101, false),
    QUEUE_GAP(5102, true),
    QUEUE_UNAVAILABLE(5103, true),
    MESSAGE_REFUSED(5104, false),
    WORK_TIMED_OUT(5105, true),
    CHANGE_TOO_LARGE(5106, false),
    SERVER_UNAVAILABLE(5201, true),
    API_UNREACHABLE(5202, true),
    CLUSTER_BUSY(5203, true),
    CLUSTER_PROCESS_FAILED(5204, true),

    BUG(9001, false);

    private final int number;
    private final boolean retryable;

    ErrorCode(int number, boolean retryable) {
        this.number = number;
        this.retryable = retryable;
    }

    /** Whether the same attempt, later, can succeed without anybody changing anything. */
    public boolean retryable() {
        return retryable;
    }

    /** The one that users know as this text; empty for a code of another version. */
    public static Optional<ErrorCode> find(String code) {
        return Arrays.stream(values()).filter(known -> known.code().equals(code)).findFirst();
    }

    /** As users see it: DTS-nnnn. */
    public String code() {
        return "DTS-" + number;
    }
}
