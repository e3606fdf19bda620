package io.opendts.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.event.Event;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.LocalTasks;
import io.opendts.standalone.run.StandaloneWork;
import io.opendts.task.DdlDecision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A task that stops in front of statements, and goes on as somebody decides. */
record StoppingTask(String name, Path file, Path state) {

    void catchesUp() throws Exception {
        List<Event> told = new CopyOnWriteArrayList<>();
        assertThat(run(told)).as("told: %s", told).isEqualTo(ExitCode.DONE);
    }

    /** The remedy of the failure that the run ends with. */
    String stops(String code, String statement) throws Exception {
        List<Event> told = new CopyOnWriteArrayList<>();
        assertThat(run(told)).as("told: %s", told).isEqualTo(ExitCode.TASK_FAILED);
        Event.Failure failure = told.stream().filter(Event.Failure.class::isInstance).map(Event.Failure.class::cast).findFirst()
                .orElseThrow();
        assertThat(failure.code()).as(failure.message()).isEqualTo(code);
        assertThat(failure.message()).contains(statement);
        return failure.remedy();
    }

    void skip(String remedy) {
        decide(new DdlDecision.Skip(position(remedy, "--skip-ddl")));
    }

    void approve(String remedy) {
        decide(new DdlDecision.Approve(position(remedy, "--approve-ddl")));
    }

    private String position(String remedy, String option) {
        Matcher choice = Pattern.compile("`dts resume " + name + " " + option + " (\\S+)`").matcher(remedy);
        assertThat(choice.find()).as(remedy).isTrue();
        return choice.group(1);
    }

    private void decide(DdlDecision decision) {
        List<Event> told = new CopyOnWriteArrayList<>();
        assertThat(LocalTasks.embedded().resume(state, name, Optional.of(decision), told::add)).as("told: %s", told)
                .isEqualTo(ExitCode.DONE);
    }

    private ExitCode run(List<Event> told) throws Exception {
        try (RunningTask running = RunningTask.start(new StandaloneWork(), file, state, true)) {
            ExitCode exit = running.exit();
            told.addAll(running.events());
            return exit;
        }
    }
}
