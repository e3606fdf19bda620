package io.opendts.standalone;

import io.opendts.model.DtsException;

/** What a command leaves to the shell. The numbers are promised to scripts. */
public enum ExitCode {
    DONE(0),
    USAGE(2),
    PRECHECK_FAILED(3),
    DIFFERENCES(4),
    TASK_FAILED(5),
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** 1xxx is about what the user wrote; whatever else goes wrong is a failure of the work. */
    static ExitCode of(DtsException failure) {
        return failure.code().code().startsWith("DTS-1") ? USAGE : TASK_FAILED;
    }
}
