package io.opendts.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import io.opendts.task.DdlDecision;
import io.opendts.standalone.output.OutputFormat;
import io.opendts.standalone.output.Renderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvocationTest {

    @TempDir
    private Path state;

    private final List<Event> shown = new ArrayList<>();
    private OutputFormat format;

    @ParameterizedTest
    @ValueSource(strings = {"lst", "run", "run a.yaml b.yaml", "run a.yaml --until tomorrow", "--output xml list", "status",
            "list --no-such", "serve", "help lst",
            "list --server nowhere", "list --server ftp://one", "list --server http://user:secret@one"})
    void wrongUsageIsExit2WithAReasonAndARemedy(String words) {
        assertThat(execute(words, new Refusing())).isEqualTo(ExitCode.USAGE);
        assertThat(shown).singleElement().isInstanceOfSatisfying(Event.Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo("DTS-1201");
            assertThat(failure.message()).isNotBlank();
            assertThat(failure.remedy()).startsWith("Run ./dts help");
        });
    }

    @Test
    void commandsOfLaterVersionsAreNamedAsSuch() {
        execute("position shop", new Refusing());
        assertThat(((Event.Failure) shown.getFirst()).message())
                .isEqualTo("the command 'position' is not available in this version");
    }

    @Test
    void oneTableIsCopiedAnew() {
        Refusing tasks = new Refusing();
        execute("--state /tmp/dts resync shop --table app.orders", tasks);
        assertThat(tasks.calls).containsExactly("resync /tmp/dts shop app.orders");
    }

    @Test
    void usageErrorsComeInTheFormatAskedFor() {
        execute("lst --output json", new Refusing());
        assertThat(format).isEqualTo(OutputFormat.JSON);
        execute("--output=json run", new Refusing());
        assertThat(format).isEqualTo(OutputFormat.JSON);
        execute("lst", new Refusing());
        assertThat(format).isEqualTo(OutputFormat.TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--state DIR resume shop --skip-ddl b:4", "resume --skip-ddl b:4 shop --state DIR"})
    void commonOptionsStandBeforeOrBehindTheCommand(String words) {
        Refusing tasks = new Refusing();
        execute(words.replace("DIR", state.toString()), tasks);
        assertThat(tasks.calls).containsExactly("resume " + state + " shop Optional[Skip[position=b:4]]");
    }

    @Test
    void aHeldStatementIsRunOrLeftOutAndNotBoth() {
        Refusing tasks = new Refusing();
        execute("resume shop --approve-ddl b:4 --state " + state, tasks);
        assertThat(tasks.calls).containsExactly("resume " + state + " shop Optional[Approve[position=b:4]]");
        assertThat(execute("resume shop --approve-ddl b:4 --skip-ddl b:5", tasks)).isEqualTo(ExitCode.USAGE);
        assertThat(tasks.calls).hasSize(1);
    }

    @Test
    void aFailureShowsItsCodeAndRemedyAndDecidesTheExit() {
        assertThat(execute("--state x status shop", new Refusing())).isEqualTo(ExitCode.USAGE);
        assertThat(shown).containsExactly(new Event.Failure("DTS-1101", "no task shop", "create it", false));
    }

    @Test
    void aBugLeavesItsTraceInAFileAndNotOnTheScreen() throws IOException {
        assertThat(execute("list --state " + state, new Refusing())).isEqualTo(ExitCode.TASK_FAILED);
        Event.Failure failure = (Event.Failure) shown.getFirst();
        assertThat(failure.code()).isEqualTo("DTS-9001");
        assertThat(failure.message()).doesNotContain("hunter2");
        Path trace = Files.list(state.resolve("bugs")).findFirst().orElseThrow();
        assertThat(failure.message()).contains(trace.toString());
        assertThat(trace).content().contains("IllegalStateException: hunter2").contains("InvocationTest");
    }

    @Test
    void runIsHeavyAndGetsWhatWasAskedFor() {
        Invocation invocation = parse("run shop.yaml --until caught-up --state " + state, new Refusing());
        List<Object> asked = new ArrayList<>();
        Work work = new Work() {
            @Override
            public ExitCode run(RunRequest request, EventSink out, Interruption interruption) {
                asked.add(request);
                return ExitCode.PRECHECK_FAILED;
            }

            @Override
            public ExitCode precheck(PrecheckRequest request, EventSink out, Interruption interruption) {
                throw new AssertionError();
            }

            @Override
            public ExitCode verify(VerifyRequest request, EventSink out, Interruption interruption) {
                throw new AssertionError();
            }

            @Override
            public ExitCode demo(DemoRequest request, EventSink out, Interruption interruption) {
                throw new AssertionError();
            }

            @Override
            public ExitCode reset(TaskRequest request, EventSink out, Interruption interruption) {
                throw new AssertionError();
            }

            @Override
            public ExitCode delete(TaskRequest request, EventSink out, Interruption interruption) {
                throw new AssertionError();
            }
        };
        assertThat(invocation.plan()).isInstanceOfSatisfying(Invocation.Plan.Heavy.class, plan ->
                assertThat(invocation.execute(plan.command(), () -> work, new Interruption()))
                        .isEqualTo(ExitCode.PRECHECK_FAILED));
        assertThat(asked).containsExactly(new Work.RunRequest(Path.of("shop.yaml"), state, true));
    }

    @Test
    void validateNamesEveryMistakeWithItsLine() throws IOException {
        Path file = Files.writeString(state.resolve("shop.yaml"), "name: shop\ntype: nonsense\nprot: 1\n");
        assertThat(execute("validate " + file, new Refusing())).isEqualTo(ExitCode.USAGE);
        assertThat(shown).hasSizeGreaterThan(2).allSatisfy(event -> assertThat(event).isInstanceOf(Event.Mistake.class));
        assertThat(shown).map(event -> ((Event.Mistake) event).line()).contains(2, 3);
    }

    @Test
    void theTaskOfTheTrainingRunsIsValid() {
        String file = Path.of("../../native/aot/training.yaml").toString();
        assertThat(execute("validate " + file, new Refusing())).isEqualTo(ExitCode.DONE);
    }

    @Test
    void anInterruptionIsToldOnceAndToLateComersToo() {
        Interruption interruption = new Interruption();
        List<String> told = new ArrayList<>();
        interruption.whenAsked(() -> told.add("early"));
        interruption.ask();
        interruption.ask();
        interruption.whenAsked(() -> told.add("late"));
        assertThat(told).containsExactly("early", "late");
    }

    private ExitCode execute(String words, Tasks tasks) {
        Invocation invocation = parse(words, tasks);
        return switch (invocation.plan()) {
            case Invocation.Plan.Answered(ExitCode exit) -> exit;
            case Invocation.Plan.Light(var command) -> invocation.execute(command);
            case Invocation.Plan.Heavy(_) -> throw new AssertionError(words + " would start Quarkus");
        };
    }

    private Invocation parse(String words, Tasks tasks) {
        shown.clear();
        return Invocation.parse(List.of(words.split(" ")), tasks, asked -> {
            format = asked;
            return new Renderer() {
                @Override
                public void emit(Event event) {
                    shown.add(event);
                }

                @Override
                public void close() {}
            };
        });
    }

    /** Notes what it is asked for; {@code status} knows no task, {@code list} has a bug. */
    private static final class Refusing implements Tasks {

        private final List<String> calls = new ArrayList<>();

        @Override
        public ExitCode list(Path stateDirectory, EventSink out) {
            throw new IllegalStateException("hunter2");
        }

        @Override
        public ExitCode status(Path stateDirectory, String task, EventSink out) {
            throw new DtsException(ErrorCode.TASK_NOT_FOUND, "no task " + task, "create it");
        }

        @Override
        public ExitCode resume(Path stateDirectory, String task, Optional<DdlDecision> decision, EventSink out) {
            calls.add("resume " + stateDirectory + " " + task + " " + decision);
            return ExitCode.DONE;
        }

        @Override
        public ExitCode create(Path taskFile, EventSink out) {
            throw new AssertionError();
        }

        @Override
        public ExitCode start(String task, EventSink out) {
            throw new AssertionError();
        }

        @Override
        public ExitCode pause(Path stateDirectory, String task, EventSink out) {
            throw new AssertionError();
        }

        @Override
        public ExitCode stop(Path stateDirectory, String task, EventSink out) {
            throw new AssertionError();
        }

        @Override
        public ExitCode resync(Path stateDirectory, String task, String table, EventSink out) {
            calls.add("resync " + stateDirectory + " " + task + " " + table);
            return ExitCode.DONE;
        }

        @Override
        public ExitCode logs(Path stateDirectory, String task, EventSink out) {
            throw new AssertionError();
        }
    }
}
