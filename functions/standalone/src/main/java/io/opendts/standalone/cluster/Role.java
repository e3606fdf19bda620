package io.opendts.standalone.cluster;

import java.util.Arrays;
import java.util.List;

/** What a process of the cluster is; in the order in which they are started. Functions are named as their folders in {@code functions}. */
public enum Role {
    STATE_STORE("state-store"),
    KAFKA("kafka"),
    CONTROL("control"),
    PRECHECK("precheck"),
    SCHEMA("schema"),
    SNAPSHOT("snapshot"),
    READER("reader"),
    APPLY("apply"),
    VERIFY("verify");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    static List<Role> functions() {
        return Arrays.stream(values()).filter(Role::isFunction).toList();
    }

    static Role of(String label) {
        return Arrays.stream(values()).filter(role -> role.label.equals(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no process of a cluster is called " + label));
    }

    String label() {
        return label;
    }

    boolean isFunction() {
        return this != STATE_STORE && this != KAFKA;
    }

    /** Names the process among all of the cluster. @param number from 1; of no meaning where there is only one */
    String id(int number) {
        return isFunction() ? label + "-" + number : label;
    }
}
