package io.opendts.engines.mysql.filter;

import io.opendts.model.Row;
import io.opendts.model.RowBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds rows of one layout against a filter, in two rounds: {@link #passes} notes what only the server knows and {@link #settle}
 * asks it, all of it at once; then {@link #passes} knows. Answers for short values are remembered. One thread.
 */
public final class RowTest {

    /** Of what is remembered: with values of this size, less than 2 MiB for a table. */
    private static final int REMEMBERED_MAX = 4_096;
    private static final int REMEMBERED_VALUE_BYTES_MAX = 256;

    private final Predicate predicate;
    private final RowValues values;
    private final RowBuilder packed = new RowBuilder();
    private final Map<Question, Verdict> asked = new LinkedHashMap<>();
    private final Map<Question, Verdict> remembered = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Verdict> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };
    private final List<Question> open = new ArrayList<>();

    /** @param positions in the row, of each of the filter's columns */
    public RowTest(RowFilter filter, int[] positions) {
        this.predicate = filter.predicate();
        this.values = new RowValues(positions);
    }

    /** Whether the row passes; preliminary and to be asked again while {@link #undecided}. */
    public boolean passes(Row row) {
        return verdict(row) == Verdict.TRUE;
    }

    Verdict verdict(Row row) {
        values.reset(row);
        int openBefore = open.size();
        Verdict verdict = predicate.test(values, this::answer);
        if (verdict != Verdict.OPEN) {
            open.subList(openBefore, open.size()).forEach(asked::remove);
            open.subList(openBefore, open.size()).clear();
        }
        return verdict;
    }

    /** Whether a row since the last {@link #settle} needs the server. */
    public boolean undecided() {
        return !open.isEmpty();
    }

    private Verdict answer(ServerAtom atom, RowValues row) {
        packed.clear();
        for (ColumnRef column : atom.columns()) {
            packed.add(row.buffer(), row.offset(column), row.length(column));
        }
        Question question = new Question(atom, packed.build());
        Verdict known = remembered.get(question);
        if (known != null) {
            return known;
        }
        Verdict before = asked.putIfAbsent(question, Verdict.OPEN);
        if (before == null) {
            open.add(question);
        }
        return before == null ? Verdict.OPEN : before;
    }

    /** Asks what is open; answers stay known until {@link #forget}. */
    public void settle(FilterServer server) {
        List<Verdict> verdicts = server.ask(open);
        for (int i = 0; i < open.size(); i++) {
            asked.put(open.get(i), verdicts.get(i));
        }
        open.clear();
    }

    /** The rows are done: only answers for short values are kept. */
    public void forget() {
        asked.forEach((question, verdict) -> {
            if (question.values().size() <= REMEMBERED_VALUE_BYTES_MAX) {
                remembered.put(question, verdict);
            }
        });
        asked.clear();
    }
}
