package io.opendts.task;

import io.opendts.model.Position;
import io.opendts.spi.LogOrder;
import io.opendts.state.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How selected databases were defined, by position of the log. Kept in the state store, as the layouts of tables are. */
public record DatabaseTexts(Progress progress, String task) {

    private static final String PREFIX = "database.text.";
    private static final int WORDS_BEFORE_VERSIONS = 1;
    private static final int WORDS_PER_VERSION = 2;
    /** Of the version that the task began with. */
    private static final String FROM_THE_BEGINNING = "";

    public static DatabaseTexts of(TaskContext task) {
        return new DatabaseTexts(task.store().progress(), task.name());
    }

    /** As the task finds it where its log begins. */
    public void begin(String database, String text) {
        progress.putOnce(task, fact(database), FactWords.joined(Stream.of(database, FROM_THE_BEGINNING, text)));
    }

    /** Versions come in the order of the log; the same statement has one. */
    public void become(String database, String text, Position since) {
        List<String> words = new ArrayList<>(progress.get(task, fact(database)).map(FactWords::split).orElse(List.of(database)));
        for (int at = WORDS_BEFORE_VERSIONS; at < words.size(); at += WORDS_PER_VERSION) {
            if (words.get(at).equals(since.text())) {
                words.set(at + 1, text);
                progress.put(task, fact(database), FactWords.joined(words.stream()));
                return;
            }
        }
        words.add(since.text());
        words.add(text);
        progress.put(task, fact(database), FactWords.joined(words.stream()));
    }

    /** What was in force at a position, by database: statements behind it are met again. */
    public Map<String, String> at(Position position, LogOrder order) {
        Map<String, String> texts = new HashMap<>();
        progress.all(task, PREFIX).values().stream().map(FactWords::split).forEach(words -> {
            for (int at = WORDS_BEFORE_VERSIONS; at < words.size(); at += WORDS_PER_VERSION) {
                String since = words.get(at);
                if (since.equals(FROM_THE_BEGINNING) || !order.reached(new Position(since), position)) {
                    texts.put(words.getFirst(), words.get(at + 1));
                }
            }
        });
        return texts;
    }

    private static String fact(String database) {
        return PREFIX + FactWords.name(database);
    }
}
