package io.opendts.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the mistakes of one file, so that none hides another. */
final class Problems {

    static final int PROBLEMS_MAX = 1_000;

    private final List<SpecProblem> found = new ArrayList<>();
    /** Paths of keys that the file has under a wrong name: to call them missing too would be one mistake told twice. */
    private final Set<String> misspelled = new HashSet<>();

    void add(Place at, SpecCode kind, String message, String remedy) {
        SpecProblem problem = new SpecProblem(at.line(), at.column(), at.path(), kind, message, remedy);
        if (found.size() < PROBLEMS_MAX && !found.contains(problem)) {
            found.add(problem);
        }
    }

    void misspelled(String path) {
        misspelled.add(path);
    }

    /** Whether a value, or something inside it, is among the mistakes. */
    boolean concern(String path) {
        return misspelled.contains(path) || found.stream().anyMatch(problem -> problem.path().equals(path)
                || problem.path().startsWith(path + "[")
                || problem.path().startsWith(path + "."));
    }

    boolean none() {
        return found.isEmpty();
    }

    List<SpecProblem> inFileOrder() {
        return found.stream().sorted(SpecProblem.IN_FILE_ORDER).toList();
    }
}
