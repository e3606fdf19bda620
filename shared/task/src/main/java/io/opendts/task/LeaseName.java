package io.opendts.task;

/** Under which names a task's long-lived work is leased. No task can be called as these are, but for the reader's. */
public final class LeaseName {

    private LeaseName() {}

    public static String reader(String task) {
        return task;
    }

    public static String apply(String task, int partition) {
        return partition == 0 ? task + ":apply" : task + ":apply:" + partition;
    }
}
