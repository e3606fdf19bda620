package io.opendts.api;

/** The words of the HTTP API (contract, section 7) that both of its ends must spell alike. */
public final class ApiPaths {

    public static final String TASKS = "/api/v1/tasks";

    public static final String PRECHECK = "precheck";
    public static final String START = "start";
    public static final String PAUSE = "pause";
    public static final String RESUME = "resume";
    public static final String STOP = "stop";
    public static final String RESET = "reset";
    public static final String VERIFY = "verify";
    public static final String RESYNC = "resync";
    public static final String EVENTS = "events";
    public static final String METRICS = "metrics";

    /** Query of events: where following ends by itself ({@link Until}); absent, it does not. */
    public static final String UNTIL = "until";

    /** Query of events: what an answer gave as "from", so that nothing in between is missed. */
    public static final String FROM = "from";

    /** Query of resume. */
    public static final String SKIP_DDL = "skipDdl";
    public static final String APPROVE_DDL = "approveDdl";

    /** Query of resync: DATABASE.TABLE. */
    public static final String TABLE = "table";

    /** A task file and the values of its references: {"file": "...", "references": {"${NAME}": "value"}}. */
    public static final String TASK_WITH_SECRETS = "application/vnd.opendts.task+json";
    public static final String YAML = "application/yaml";
    public static final String JSON = "application/json";
    public static final String EVENT_STREAM = "text/event-stream";

    /** Name of the last server-sent event of a stream that has an end; its data is an {@link Ending}. */
    public static final String END = "end";

    /** A server that has nothing to tell says so this often; a client takes one that is silent for longer as lost. */
    public static final long HEARTBEAT_MILLIS = 5_000;

    private ApiPaths() {}
}
