package io.opendts.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Change;
import io.opendts.model.ObjectName;
import io.opendts.model.Position;
import io.opendts.model.SchemaObject;
import io.opendts.model.SchemaObject.Kind;
import io.opendts.model.TableId;
import io.opendts.spi.LogOrder;
import io.opendts.state.EmbeddedStateStore;
import io.opendts.state.StateStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectFactsTest {

    private static final TableId HOSTILE = new TableId("a b+%20\n'`", " \\\"猫/../;--");
    private static final String TASK = "shop";
    /** Positions are numbers. */
    private static final LogOrder BY_NUMBER = new LogOrder() {
        @Override
        public boolean reached(Position at, Position goal) {
            return Integer.parseInt(at.text()) >= Integer.parseInt(goal.text());
        }

        @Override
        public boolean covers(Position copy, Change.Begin transaction) {
            throw new AssertionError();
        }
    };

    @TempDir
    private Path folder;

    @Test
    void what_waits_is_read_as_it_was_written() {
        try (StateStore store = EmbeddedStateStore.open(folder.resolve("state"))) {
            WaitingObject due = new WaitingObject(new ObjectName(Kind.VIEW, HOSTILE), new Position("b.1:4;%+ "),
                    Optional.of(new Position("b.2:5")), "digest");
            WaitingObject invalid = new WaitingObject(new ObjectName(Kind.EVENT, HOSTILE), new Position("b.1:4"), Optional.empty(), "d");
            invalid.put(store.progress(), TASK);
            assertThat(WaitingObject.areDue(store.progress(), TASK)).isFalse();
            due.put(store.progress(), TASK);
            due.put(store.progress(), "another task");

            assertThat(WaitingObject.of(store.progress(), TASK)).containsExactlyInAnyOrder(due, invalid);
            assertThat(WaitingObject.areDue(store.progress(), TASK)).isTrue();
            WaitingObject.remove(store.progress(), TASK, due.name());
            assertThat(WaitingObject.of(store.progress(), TASK)).containsExactly(invalid);
        }
    }

    @Test
    void what_was_made_is_known_by_its_text() {
        ObjectName name = new ObjectName(Kind.FUNCTION, HOSTILE);
        List<SchemaObject> then = List.of(new SchemaObject(Kind.FUNCTION, HOSTILE, Optional.empty(), "CREATE 1", "ANSI", Map.of("a", "1")));
        List<SchemaObject> same = List.of(new SchemaObject(Kind.FUNCTION, HOSTILE, Optional.empty(), "CREATE 1", "ANSI", Map.of("a", "2")));
        List<SchemaObject> other = List.of(new SchemaObject(Kind.FUNCTION, HOSTILE, Optional.empty(), "CREATE 1", "", Map.of()));
        try (StateStore store = EmbeddedStateStore.open(folder.resolve("state"))) {
            MadeObjects made = new MadeObjects(store.progress(), TASK);
            made.put(MadeObjects.byName(then));

            assertThat(made.digests()).containsExactly(Map.entry(name, MadeObjects.digest(same)));
            assertThat(MadeObjects.digest(other)).isNotEqualTo(MadeObjects.digest(then));
            made.remove(name);
            assertThat(made.digests()).isEmpty();
        }
    }

    @Test
    void a_database_is_what_it_was_where_the_log_is_read() {
        try (StateStore store = EmbeddedStateStore.open(folder.resolve("state"))) {
            DatabaseTexts texts = new DatabaseTexts(store.progress(), TASK);
            texts.begin("a", "first");
            texts.begin("a", "another");
            texts.become("a", "second", new Position("10"));
            texts.become("a", "third", new Position("20"));
            texts.become("a", "second once more", new Position("10"));
            texts.become("b", "made", new Position("15"));

            assertThat(texts.at(new Position("10"), BY_NUMBER)).isEqualTo(Map.of("a", "first"));
            assertThat(texts.at(new Position("11"), BY_NUMBER)).isEqualTo(Map.of("a", "second once more"));
            assertThat(texts.at(new Position("21"), BY_NUMBER)).isEqualTo(Map.of("a", "third", "b", "made"));
        }
    }
}
