package io.opendts.engines.mysql.schema;

import java.util.ArrayList;
import java.util.List;

/** Collects what is found while an object is converted. One thread, one object. */
final class Findings {

    private final List<String> notes = new ArrayList<>();
    private final List<TableScript.Problem> problems = new ArrayList<>();

    void note(String object, String text) {
        String note = object + ": " + text;
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    void problem(String object, String reason) {
        problems.add(new TableScript.Problem(object, reason));
    }

    List<String> notes() {
        return notes;
    }

    List<TableScript.Problem> problems() {
        return problems;
    }
}
