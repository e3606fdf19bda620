package io.opendts.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Change.Touched;
import io.opendts.model.DdlKind;
import io.opendts.model.TableId;
import io.opendts.task.DdlRules.DdlPolicy;
import io.opendts.task.DdlRules.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A statement is made whole or not at all, by the strictest of what its parts are told. */
class DdlRulesTest {

    private static final DdlRules RULES = (kind, table) -> switch (table.name()) {
        case "ignored" -> DdlPolicy.IGNORE;
        case "held" -> DdlPolicy.HOLD;
        case "fails" -> DdlPolicy.FAIL;
        default -> DdlPolicy.APPLY;
    };

    private static Touched drop(String table) {
        return new Touched(DdlKind.DROP_TABLE, new TableId("app", table));
    }

    private static Verdict of(String... tables) {
        return RULES.of(List.of(tables).stream().map(DdlRulesTest::drop).toList());
    }

    @Test
    void the_strictest_part_decides() {
        assertThat(of("a", "b")).isEqualTo(new Verdict(DdlPolicy.APPLY, Optional.empty()));
        assertThat(of("ignored", "ignored")).isEqualTo(new Verdict(DdlPolicy.IGNORE, Optional.of(drop("ignored"))));
        assertThat(of("a", "ignored", "held")).isEqualTo(new Verdict(DdlPolicy.HOLD, Optional.of(drop("held"))));
        assertThat(of("held", "ignored", "fails", "a")).isEqualTo(new Verdict(DdlPolicy.FAIL, Optional.of(drop("fails"))));
    }

    @Test
    void what_would_be_made_by_half_is_held() {
        assertThat(of("a", "ignored")).isEqualTo(new Verdict(DdlPolicy.HOLD, Optional.of(drop("ignored"))));
    }
}
