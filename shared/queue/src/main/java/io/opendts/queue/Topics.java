package io.opendts.queue;

/** Names of topics and consumers; the topics are part of the contract. */
public final class Topics {

    public static final String PRECHECK = "dts.precheck";
    public static final String SCHEMA = "dts.schema";
    public static final String CHUNKS = "dts.chunks";
    public static final String VERIFY = "dts.verify";
    public static final String EVENTS = "dts.events";
    public static final String DEAD_LETTER = "dts.dead-letter";

    /** Takes what is completed, the states, and the dead letters. */
    public static final String CONTROL = "control";
    public static final String PRECHECK_FUNCTION = "precheck";
    public static final String SCHEMA_FUNCTION = "schema";
    public static final String SNAPSHOT_FUNCTION = "snapshot";
    public static final String VERIFY_FUNCTION = "verify";
    public static final String APPLY_FUNCTION = "apply";

    private Topics() {}

    /** The topic of one task's changes. */
    public static String changes(String task) {
        return "dts.changes." + task;
    }
}
