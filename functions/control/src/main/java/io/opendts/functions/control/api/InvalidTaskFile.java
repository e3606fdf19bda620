package io.opendts.functions.control.api;

import io.opendts.spec.SpecProblem;
import java.util.List;

/** A task file that was sent is no valid one; all of its mistakes at once. */
public final class InvalidTaskFile extends RuntimeException {

    private final transient List<SpecProblem> problems;

    InvalidTaskFile(List<SpecProblem> problems) {
        super(problems.size() + " mistakes in a task file");
        this.problems = List.copyOf(problems);
    }

    public List<SpecProblem> problems() {
        return problems;
    }
}
