package io.opendts.standalone.system;

import io.opendts.standalone.run.StandaloneWork;
import io.opendts.standalone.system.ScenarioRun.Case;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario folder over its pairs of servers, with all functions in this process. */
class ScenarioTest {

    static Stream<Case> cases() {
        return ScenarioRun.cases();
    }

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void endsAsExpected(Case one) throws Exception {
        new ScenarioRun(one, new StandaloneWork(), folder, List.of(folder.resolve("state/logs"))).endsAsExpected();
    }
}
