package io.opendts.standalone.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.Event;
import io.opendts.model.event.Event.Cluster.Health;
import io.opendts.standalone.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of processes that are real, and do nothing. */
class ClusterTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int FIRST_PORT = anyPort();

    @TempDir
    private Path state;

    private final List<Event> shown = new ArrayList<>();
    private ClusterFolder folder;
    private FakePrograms programs;

    private static int anyPort() {
        try (Ports ports = new Ports()) {
            return ports.any();
        }
    }

    @BeforeEach
    void inAFolderOfItsOwn() {
        folder = ClusterFolder.of(state);
        programs = new FakePrograms(folder);
    }

    @AfterEach
    void nothingIsLeftRunning() {
        ClusterRecord.read(folder).ifPresent(record -> new Stopping(Duration.ZERO).stop(record.members()));
    }

    @Test
    void upStartsEverythingAndAgainNothing() {
        up(asked(Map.of()));
        Map<String, Long> first = pids();
        assertThat(first.keySet()).containsExactly("state-store", "kafka", "control-1", "precheck-1", "schema-1", "snapshot-1",
                "reader-1", "apply-1", "verify-1");
        assertThat(look().processes()).allSatisfy(member -> assertThat(member.health()).isEqualTo(Health.READY));
        assertThat(programs.furnished()).containsExactly(StateStoreKind.MYSQL);
        Programs.Connections given = programs.connections().getFirst();
        assertThat(given.kafka()).startsWith("127.0.0.1:").isEqualTo(look().kafka());
        assertThat(given.stateUrl()).matches("mysql://127\\.0\\.0\\.1:\\d+/dts").isEqualTo(look().stateStore());
        up(asked(Map.of()));
        assertThat(pids()).isEqualTo(first);
    }

    @Test
    void aPortThatAnotherCommandIsGivingAwayIsNobodyElses() {
        try (Ports mine = new Ports(); Ports theirs = new Ports()) {
            int port = mine.any();
            assertThat(theirs.take(port)).isFalse();
            mine.close();
            assertThat(theirs.take(port)).isTrue();
        }
    }

    @Test
    void whatHasDiedIsStartedAgainAndNothingElse() {
        up(asked(Map.of()));
        Map<String, Long> before = pids();
        kill(before.get("apply-1"));
        assertThat(health("apply-1")).isEqualTo(Health.DEAD);
        assertThat(Clusters.status(state, shown::add)).isEqualTo(ExitCode.TASK_FAILED);
        up(asked(Map.of()));
        Map<String, Long> after = pids();
        assertThat(after.get("apply-1")).isNotEqualTo(before.get("apply-1"));
        assertThat(health("apply-1")).isEqualTo(Health.READY);
        after.remove("apply-1");
        before.remove("apply-1");
        assertThat(after).isEqualTo(before);
        assertThat(Clusters.status(state, shown::add)).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aPidThatAnotherProcessHasNowIsNotTakenForOurs() throws Exception {
        up(asked(Map.of()));
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Member reader = record().member("reader-1").orElseThrow();
            new Stopping(LIMIT).stop(List.of(reader));
            rewrite(new Member(reader.role(), reader.id(), stranger.pid(), reader.birth(), reader.port(), reader.stopSignal(),
                    reader.settings()));
            assertThat(health("reader-1")).isEqualTo(Health.DEAD);
            up(asked(Map.of()));
            assertThat(pids().get("reader-1")).isNotEqualTo(stranger.pid());
            down();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void numbersGrowAndShrink() {
        up(asked(Map.of(Role.APPLY, 3)));
        Map<String, Long> three = pids();
        assertThat(three).containsKeys("apply-1", "apply-2", "apply-3");
        up(asked(Map.of()));
        assertThat(pids()).as("what is not named stays as it was").isEqualTo(three);
        up(asked(Map.of(Role.APPLY, 1)));
        assertThat(pids()).containsKey("apply-1").doesNotContainKeys("apply-2", "apply-3");
        assertThat(ProcessTable.birth(three.get("apply-3"))).isEmpty();
    }

    @Test
    void downEndsFunctionsBeforeServersAndKeepsData() throws IOException {
        up(asked(Map.of()));
        Files.createDirectories(folder.kafkaData());
        List<Long> all = List.copyOf(pids().values());
        assertThat(down()).isEqualTo(ExitCode.DONE);
        assertThat(all).allSatisfy(pid -> assertThat(ProcessTable.birth(pid)).isEmpty());
        List<String> endings = Files.readAllLines(folder.path().resolve("endings"));
        assertThat(endings.subList(0, 7)).doesNotContain("kafka", "state-store");
        assertThat(endings.subList(7, 9)).containsExactlyInAnyOrder("kafka", "state-store");
        assertThat(folder.kafkaData()).exists();
        assertThat(Clusters.status(state, shown::add)).isEqualTo(ExitCode.TASK_FAILED);
        assertThat(down()).as("again").isEqualTo(ExitCode.DONE);
    }

    @Test
    void purgeDeletesDataAndLogsButNotTheKey() throws IOException {
        up(asked(Map.of()));
        String key = Files.readString(folder.key());
        Files.createDirectories(folder.kafkaData());
        Clusters.down(folder, true, new Stopping(LIMIT), shown::add);
        assertThat(folder.data()).doesNotExist();
        assertThat(folder.log("kafka")).doesNotExist();
        assertThat(Files.readString(folder.key())).isEqualTo(key);
    }

    @Test
    void secretsAreForTheirOwnerAloneAndInNoRecord() throws IOException {
        up(asked(Map.of()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.key()))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path()))).isEqualTo("rwx------");
        assertThat(Base64.getDecoder().decode(Files.readString(folder.key()).strip())).hasSize(32);
        assertThat(programs.connections().getFirst().password()).isEqualTo(folder.statePassword());
        assertThat(Files.readString(folder.record())).doesNotContain(folder.statePassword());
    }

    @Test
    void aLockFileThatWasLeftBehindLocksNobodyOut() throws IOException {
        folder.create();
        Files.writeString(folder.lock(), "4242");
        up(asked(Map.of()));
        assertThat(look().processes()).hasSize(9);
    }

    @Test
    void twoAtATimeAreRefused() {
        folder.create();
        try (ClusterLock _ = ClusterLock.take(folder)) {
            assertThatThrownBy(() -> up(asked(Map.of()))).isInstanceOfSatisfying(DtsException.class,
                    failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CLUSTER_BUSY));
        }
    }

    @Test
    void aProcessThatEndsAtItsStartIsToldWithTheEndOfItsLog() {
        programs.answer("ends");
        assertThatThrownBy(() -> up(asked(Map.of()))).isInstanceOfSatisfying(DtsException.class, failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.CLUSTER_PROCESS_FAILED);
            assertThat(failure).hasMessageContaining("ended while it started").hasMessageContaining("no, said the program");
        });
        programs.answer("http");
        up(asked(Map.of()));
        assertThat(Clusters.status(state, shown::add)).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aProcessThatNeverGetsReadyIsToldAndStaysForInspection() {
        programs.answer("mute");
        ClusterUp impatient = new ClusterUp(folder, programs, shown::add, Duration.ofSeconds(2), new Stopping(LIMIT));
        assertThatThrownBy(() -> impatient.run(asked(Map.of()), Optional.empty()))
                .hasMessageContaining("control-1 runs but was not ready within 2 s");
        assertThat(health("control-1")).isEqualTo(Health.NOT_READY);
    }

    @Test
    void functionsOfAnEarlierBuildAreReplacedAndServersAreNot() {
        up(asked(Map.of()));
        Map<String, Long> before = pids();
        String server = look().server();
        programs.rebuild();
        up(asked(Map.of()));
        Map<String, Long> after = pids();
        assertThat(after.get("kafka")).isEqualTo(before.get("kafka"));
        assertThat(after.get("state-store")).isEqualTo(before.get("state-store"));
        assertThat(after.get("control-1")).isNotEqualTo(before.get("control-1"));
        assertThat(look().server()).isEqualTo(server);
    }

    @Test
    void theFirstControlListensWhereItWasAskedToOrOnTheNextFreePort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            up(new UpRequest(state, Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                    OptionalInt.of(taken.getLocalPort())));
            int port = record().member("control-1").orElseThrow().port();
            assertThat(port).isGreaterThan(taken.getLocalPort());
            assertThat(look().server()).isEqualTo("http://127.0.0.1:" + port);
        }
    }

    @Test
    void serversOfSomebodyElseAreUsedAndNotStarted() {
        UpRequest others = new UpRequest(state, Map.of(), Optional.empty(), Optional.of("10.0.0.7:9092,10.0.0.8:9092"),
                Optional.of("postgresql://db:5432/dts"), Optional.of("me"), OptionalInt.of(FIRST_PORT));
        assertThatThrownBy(() -> up(others)).isInstanceOfSatisfying(DtsException.class,
                failure -> assertThat(failure.remedy()).contains("DTS_STATE_PASSWORD"));
        new ClusterUp(folder, programs, shown::add, LIMIT, new Stopping(LIMIT)).run(others, Optional.of("hunter2"));
        assertThat(pids()).doesNotContainKeys("kafka", "state-store").hasSize(7);
        assertThat(programs.connections().getFirst()).isEqualTo(
                new Programs.Connections("10.0.0.7:9092,10.0.0.8:9092", "postgresql://db:5432/dts", "me", "hunter2"));
        assertThat(folder.record()).content().doesNotContain("hunter2");
        UpRequest elsewhere = new UpRequest(state, Map.of(), Optional.empty(), Optional.empty(), Optional.of("mysql://db:3306/dts"),
                Optional.empty(), OptionalInt.empty());
        assertThatThrownBy(() -> up(elsewhere)).hasMessageContaining("where its tasks and messages are");
    }

    private UpRequest asked(Map<Role, Integer> counts) {
        return new UpRequest(state, counts, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                OptionalInt.of(FIRST_PORT));
    }

    private void up(UpRequest request) {
        new ClusterUp(folder, programs, shown::add, LIMIT, new Stopping(LIMIT)).run(request, Optional.empty());
    }

    private ExitCode down() {
        return Clusters.down(folder, false, new Stopping(LIMIT), shown::add);
    }

    private ClusterRecord record() {
        return ClusterRecord.read(folder).orElseThrow();
    }

    private Event.Cluster look() {
        return Clusters.look(record(), folder);
    }

    private Health health(String id) {
        return look().processes().stream().filter(member -> member.id().equals(id)).findFirst().orElseThrow().health();
    }

    private Map<String, Long> pids() {
        Map<String, Long> pids = new LinkedHashMap<>();
        look().processes().forEach(member -> pids.put(member.id(), member.pid()));
        return pids;
    }

    private void rewrite(Member changed) {
        List<Member> members = record().members().stream().map(member -> member.id().equals(changed.id()) ? changed : member).toList();
        new ClusterRecord(record().wanted(), members).write(folder);
    }

    private static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }
}
