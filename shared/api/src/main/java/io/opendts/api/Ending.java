package io.opendts.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a followed task ended; what a command that followed it exits with. */
public enum Ending {
    DONE, PRECHECK_FAILED, DIFFERENCES, FAILED;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Ending> of(String word) {
        return Arrays.stream(values()).filter(ending -> ending.word().equals(word)).findFirst();
    }
}
