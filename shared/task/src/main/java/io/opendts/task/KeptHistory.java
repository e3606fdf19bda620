package io.opendts.task;

import io.opendts.model.TableId;
import io.opendts.state.Progress;
import io.opendts.state.Relations.Registered;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How many versions of each table have been recorded, kept beside them: versions that somebody has deleted are missed, before a row is
 * read with the columns of another one.
 */
final class KeptHistory {

    private static final String PREFIX = "history.table.";
    private static final String TABLES = "history.tables";

    private final Progress progress;
    private final String task;
    private final Map<TableId, Set<Integer>> numbers = new HashMap<>();

    KeptHistory(Progress progress, String task, List<Registered> changes) {
        this.progress = progress;
        this.task = task;
        changes.forEach(this::count);
    }

    private int count(Registered version) {
        Set<Integer> known = numbers.computeIfAbsent(version.table().id(), _ -> new HashSet<>());
        known.add(version.relation().id());
        return known.size();
    }

    /** Behind the version itself: what is counted is there. */
    void add(Registered version) {
        TableId table = version.table().id();
        progress.put(task, PREFIX + FactWords.name(table.database(), table.name()),
                FactWords.joined(Stream.of(table.database(), table.name(), Integer.toString(count(version)))));
    }

    /** Tables of which versions are missing. */
    List<TableId> lost() {
        return progress.all(task, PREFIX).values().stream().map(FactWords::split)
                .filter(words -> Integer.parseInt(words.get(2)) > numbers.getOrDefault(table(words), Set.of()).size())
                .map(KeptHistory::table).toList();
    }

    private static TableId table(List<String> words) {
        return new TableId(words.get(0), words.get(1));
    }

    /**
     * Whether tables are missing that the catalog had when the log was read first.
     *
     * @param tables as many as there are now
     */
    boolean lostTables(int tables) {
        return Integer.parseInt(progress.putOnce(task, TABLES, Integer.toString(tables))) > tables;
    }
}
