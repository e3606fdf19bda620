package io.opendts.spec;

import java.util.Comparator;

/**
 * One mistake of a task file.
 *
 * @param line   from 1; 0 where the mistake is the whole file's
 * @param path   such as `objects[0].tables[1].filter`; empty for the whole file
 * @param remedy what to write instead
 */
public record SpecProblem(int line, int column, String path, SpecCode kind, String message, String remedy) {

    static final Comparator<SpecProblem> IN_FILE_ORDER =
            Comparator.comparingInt(SpecProblem::line).thenComparingInt(SpecProblem::column);

    public String code() {
        return kind.code();
    }
}
