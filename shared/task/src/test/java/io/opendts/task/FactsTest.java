package io.opendts.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Position;
import io.opendts.state.EmbeddedStateStore;
import io.opendts.state.StateStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsTest {

    @TempDir
    private Path folder;

    private StateStore store;

    @BeforeEach
    void openStore() {
        store = EmbeddedStateStore.open(folder.resolve("state"));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    /** Two control processes ask the source one after the other: what it did in between is behind the end of the copy. */
    @Test
    void whatIsDecidedOnceStaysWhoeverAsksLater() {
        Facts facts = new Facts(store.progress(), "shop");
        facts.logStart(new Position("10"));
        facts.copyEnd(new Position("50"));
        facts.cascadePoint(new Position("40"));
        facts.partitions(2);
        facts.once("full.done", 3);

        facts.logStart(new Position("11"));
        facts.copyEnd(new Position("51"));
        facts.cascadePoint(new Position("41"));
        facts.partitions(4);
        facts.once("full.done", 9);

        assertThat(facts.logStart()).contains(new Position("10"));
        assertThat(facts.copyEnd()).contains(new Position("50"));
        assertThat(facts.cascadePoint()).contains(new Position("40"));
        assertThat(facts.partitions()).isEqualTo(2);
        assertThat(facts.moment("full.done")).contains(3L);
    }
}
