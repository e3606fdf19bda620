package io.opendts.engines.mysql.filter;

import io.opendts.model.filter.FilterProblem;

/** Ends the typing of one part of a filter; never leaves this package. */
final class Untypable extends RuntimeException {

    private final transient FilterProblem problem;

    Untypable(int at, String message, String remedy) {
        super(message, null, false, false);
        this.problem = new FilterProblem(at, message, remedy);
    }

    FilterProblem problem() {
        return problem;
    }
}
