package io.opendts.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.Change.Begin;
import io.opendts.model.DtsException;
import io.opendts.model.Position;
import io.opendts.state.EmbeddedStateStore;
import io.opendts.state.Progress;
import io.opendts.state.StateStore;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A decision is about one statement, however it is named, and the last one counts. */
class DdlDecisionTest {

    private static final Begin STATEMENT = new Begin("0-1-17", new Position("f.000001:325;0-1-16"), 0);
    private static final Begin READ_AGAIN = new Begin("0-1-17", new Position("f.000001:540;0-1-16"), 0);
    private static final Begin WITHOUT_GTID = new Begin("", new Position("f.000001:325"), 0);
    private static final Begin ANOTHER = new Begin("0-1-18", new Position("f.000001:3250;0-1-17"), 0);

    @TempDir
    private Path folder;

    @Test
    void is_found_by_gtid_or_position() {
        try (StateStore store = EmbeddedStateStore.open(folder)) {
            Progress progress = store.progress();
            assertThat(DdlDecision.skipped(progress, "t", STATEMENT)).isFalse();
            new DdlDecision.Skip(DdlDecision.choice(STATEMENT)).record(progress, "t");
            assertThat(DdlDecision.skipped(progress, "t", STATEMENT)).isTrue();
            assertThat(DdlDecision.skipped(progress, "t", READ_AGAIN)).isTrue();
            assertThat(DdlDecision.skipped(progress, "t", ANOTHER)).isFalse();
            for (String position : new String[] {"f.000001:325", STATEMENT.at().text()}) {
                new DdlDecision.Approve(position).record(progress, "t");
                assertThat(DdlDecision.approved(progress, "t", STATEMENT)).isTrue();
                assertThat(DdlDecision.approved(progress, "t", ANOTHER)).isFalse();
                assertThat(DdlDecision.skipped(progress, "t", STATEMENT)).isFalse();
            }
            new DdlDecision.Skip(DdlDecision.choice(WITHOUT_GTID)).record(progress, "t");
            assertThat(DdlDecision.skipped(progress, "t", WITHOUT_GTID)).isTrue();
            assertThat(DdlDecision.approved(progress, "t", WITHOUT_GTID)).isFalse();
        }
    }

    @Test
    void is_one_or_the_other() {
        assertThat(DdlDecision.of(Optional.empty(), Optional.empty())).isEmpty();
        assertThat(DdlDecision.of(Optional.empty(), Optional.of("a"))).contains(new DdlDecision.Approve("a"));
        assertThatThrownBy(() -> DdlDecision.of(Optional.of("a"), Optional.of("b"))).isInstanceOf(DtsException.class);
    }
}
