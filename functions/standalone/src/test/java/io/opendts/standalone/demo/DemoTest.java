package io.opendts.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.event.Event;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.run.StandaloneWork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DemoTest {

    private static final DemoSize SMALL = new DemoSize(1_000, 2, 100);
    private static final Pattern FOLDER = Pattern.compile("(/\\S*opendts-demo-\\d+)");

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Interruption interruption = new Interruption();

    @Test
    void endsWithTwoEqualDatabasesAndLeavesNothing() {
        ExitCode exit = new Demo(new StandaloneWork(), SMALL, false, events::add, interruption).run();
        assertThat(events).noneMatch(Event.Failure.class::isInstance);
        assertThat(exit).isEqualTo(ExitCode.DONE);
        assertThat(events).filteredOn(Event.Verified.class::isInstance).singleElement().satisfies(event -> {
            Event.Verified verified = (Event.Verified) event;
            assertThat(verified.differences()).isZero();
            assertThat(verified.tables()).isEqualTo(6);
            assertThat(verified.rows()).isGreaterThan(10_000);
        });
        assertThat(events).filteredOn(Event.Summary.class::isInstance).singleElement().satisfies(event -> {
            List<Event.Summary.Stage> stages = ((Event.Summary) event).stages();
            assertThat(stages).hasSize(3);
            assertThat(((Event.Summary.Stage.Incremental) stages.get(2)).transactions()).isGreaterThan(20);
        });
        assertThat(folder()).doesNotExist();
    }

    @Test
    void anInterruptedDemoLeavesNothingEither() {
        ExitCode exit = new Demo(new StandaloneWork(), SMALL, false, event -> {
            events.add(event);
            if (event instanceof Event.FullPlanned) {
                interruption.ask();
            }
        }, interruption).run();
        assertThat(exit).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(events).noneMatch(Event.Verified.class::isInstance).noneMatch(Event.Failure.class::isInstance);
        assertThat(folder()).doesNotExist();
    }

    @Test
    void aKeptDemoTellsHowToReachAndEndIt() throws Exception {
        ExitCode exit = new Demo(new StandaloneWork(), SMALL, true, events::add, interruption).run();
        String end = notes().stream().filter(note -> note.startsWith("  end ")).findFirst().orElseThrow();
        Matcher pids = Pattern.compile("kill -9 (\\d+) (\\d+); rm -rf (.*)").matcher(end);
        assertThat(pids.find()).isTrue();
        List<ProcessHandle> servers = List.of(ProcessHandle.of(Long.parseLong(pids.group(1))).orElseThrow(),
                ProcessHandle.of(Long.parseLong(pids.group(2))).orElseThrow());
        try {
            assertThat(exit).isEqualTo(ExitCode.DONE);
            assertThat(Files.readString(folder().resolve("shop.yaml"))).contains("name: shop");
            assertThat(servers).allMatch(ProcessHandle::isAlive);
            assertThat(notes()).anyMatch(note -> note.contains("./dts --state " + folder()));
        } finally {
            assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -9 " + pids.group(1) + " " + pids.group(2)).start().waitFor()).isZero();
            servers.forEach(server -> server.onExit().join());
            assertThat(new ProcessBuilder("/bin/sh", "-c", "rm -rf " + pids.group(3)).start().waitFor()).isZero();
        }
        assertThat(folder()).doesNotExist();
    }

    private List<String> notes() {
        return events.stream().filter(Event.Note.class::isInstance).map(event -> ((Event.Note) event).message()).toList();
    }

    private Path folder() {
        return notes().stream().map(FOLDER::matcher).filter(Matcher::find).map(found -> Path.of(found.group(1))).findFirst().orElseThrow();
    }
}
