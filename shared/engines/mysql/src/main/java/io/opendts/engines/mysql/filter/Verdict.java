package io.opendts.engines.mysql.filter;

import java.util.Optional;

/** SQL's three truths, and one for what only the server can tell and has not been asked yet. */
enum Verdict {
    TRUE, FALSE, UNKNOWN, OPEN;

    static Verdict of(boolean truth) {
        return truth ? TRUE : FALSE;
    }

    Verdict not() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case UNKNOWN -> UNKNOWN;
            case OPEN -> OPEN;
        };
    }

    Verdict and(Verdict other) {
        if (this == FALSE || other == FALSE) {
            return FALSE;
        }
        return this == OPEN || other == OPEN ? OPEN : this == UNKNOWN || other == UNKNOWN ? UNKNOWN : TRUE;
    }

    Verdict or(Verdict other) {
        return not().and(other.not()).not();
    }

    Verdict xor(Verdict other) {
        if (this == UNKNOWN || other == UNKNOWN) {
            return UNKNOWN;
        }
        return this == OPEN || other == OPEN ? OPEN : of(this != other);
    }

    /** @param truth empty asks for UNKNOWN */
    Verdict is(Optional<Boolean> truth) {
        return this == OPEN ? OPEN : of(this == truth.map(Verdict::of).orElse(UNKNOWN));
    }
}
