package io.opendts.model.filter;

/** Ends the reading of a filter's text; never leaves this package. */
final class FilterRefused extends RuntimeException {

    private final transient FilterProblem problem;

    FilterRefused(int at, String message, String remedy) {
        super(message, null, false, false);
        this.problem = new FilterProblem(at, message, remedy);
    }

    FilterProblem problem() {
        return problem;
    }
}
