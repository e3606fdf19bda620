package io.opendts.standalone.cluster;

import io.opendts.model.DtsException;
import io.opendts.model.Secret;
import io.opendts.model.event.Event;
import io.opendts.state.StateStore;
import io.opendts.state.database.DatabaseSettings;
import io.opendts.state.database.DatabaseStateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A whole cluster of real processes for tests: Kafka, a state store and the functions as this checkout's build has left them in
 * their {@code target/quarkus-app} folders ({@code ./mvnw package}). Calls come from one thread at a time.
 */
public final class TestCluster implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofSeconds(180);
    private static final int STORE_CONNECTIONS = 2;
    private static final Stopping STOPPING = new Stopping(Duration.ofSeconds(30));

    private final ClusterFolder folder;
    private final Programs programs;
    private final UpRequest request;

    private TestCluster(Path stateDirectory, UpRequest request) {
        this.folder = ClusterFolder.of(stateDirectory);
        this.programs = new Built(new InstalledPrograms(Path.of("none"), folder), folder);
        this.request = request;
    }

    /** Empty where the functions have not been built: a test that needs them is then skipped by name. */
    public static boolean isBuilt() {
        return Role.functions().stream().allMatch(role -> Files.isReadable(Built.program(role)));
    }

    /**
     * On ports of its own: several test runs on one machine do not meet.
     *
     * @param stateStore mysql or postgresql
     * @param each       processes of snapshot, apply, reader and control; verify, precheck and schema are one each
     */
    public static TestCluster up(Path stateDirectory, String stateStore, int each) {
        Map<Role, Integer> counts = Map.of(Role.SNAPSHOT, each, Role.APPLY, each, Role.READER, each, Role.CONTROL, each);
        TestCluster cluster = new TestCluster(stateDirectory, new UpRequest(stateDirectory, counts,
                Optional.of(StateStoreKind.of(stateStore)), Optional.empty(), Optional.empty(), Optional.empty(),
                OptionalInt.of(anyPort())));
        try {
            cluster.startWhatIsDead();
        } catch (RuntimeException failed) {
            cluster.close();
            throw failed;
        }
        return cluster;
    }

    private static int anyPort() {
        try (Ports ports = new Ports()) {
            return ports.any();
        }
    }

    /** As {@code cluster up} run again: returns when all are ready. */
    public void startWhatIsDead() {
        List<String> told = new ArrayList<>();
        new ClusterUp(folder, programs, event -> told.add(event.toString()), READY_LIMIT, STOPPING).run(request, Optional.empty());
    }

    /** Addresses of all control processes, as {@code --server} takes them. */
    public String server() {
        return String.join(",", record().members().stream().filter(m -> m.role() == Role.CONTROL)
                .map(m -> "http://127.0.0.1:" + m.port()).toList());
    }

    public String kafka() {
        return record().kafka();
    }

    /**
     * The cluster's state store, seen from this process; the caller's to close. It reconnects by itself, and tries again to begin with
     * as all processes do: what starts beside it on a small machine may let it wait.
     */
    public StateStore stateStore() {
        DatabaseSettings settings = new DatabaseSettings(record().stateUrl(), Programs.USERNAME, new Secret(folder.statePassword()),
                STORE_CONNECTIONS);
        long end = System.nanoTime() + READY_LIMIT.toNanos();
        while (true) {
            try {
                return DatabaseStateStore.open(settings);
            } catch (DtsException away) {
                if (!away.code().retryable() || System.nanoTime() > end) {
                    throw away;
                }
            }
        }
    }

    /** As {@code dts.state.url}. */
    public String stateUrl() {
        return record().stateUrl();
    }

    public String stateUsername() {
        return Programs.USERNAME;
    }

    public String statePassword() {
        return folder.statePassword();
    }

    public Path keyFile() {
        return folder.key();
    }

    /** The base address of a process, such as {@code apply-1}. */
    public String url(String id) {
        return "http://127.0.0.1:" + member(id).port();
    }

    /** Ids of all processes, kafka and state-store among them. */
    public List<String> ids() {
        return record().members().stream().map(Member::id).toList();
    }

    public Path log(String id) {
        return folder.log(id);
    }

    public boolean isAlive(String id) {
        return member(id).isAlive();
    }

    /** Ends it with SIGKILL and waits until it is gone. */
    public void kill(String id) {
        ProcessHandle process = ProcessHandle.of(member(id).pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    /**
     * To the process and what it has started: PostgreSQL answers by a process for each session.
     *
     * @param signal STOP or CONT
     */
    public void signal(String id, String signal) throws IOException, InterruptedException {
        ProcessHandle process = ProcessHandle.of(member(id).pid()).orElseThrow();
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal, Long.toString(process.pid())));
        process.descendants().map(ProcessHandle::pid).map(String::valueOf).forEach(command::add);
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private Member member(String id) {
        return record().member(id).orElseThrow(() -> new IllegalArgumentException("no process " + id + " among " + ids()));
    }

    private ClusterRecord record() {
        return ClusterRecord.read(folder).orElseThrow();
    }

    @Override
    public void close() {
        List<Event> told = new ArrayList<>();
        Clusters.down(folder, true, STOPPING, told::add);
    }

    /** The functions as Maven has built them, servers as in every cluster. */
    private record Built(Programs servers, ClusterFolder folder) implements Programs {

        static Path program(Role role) {
            return Path.of("..").resolve(role.label()).resolve("target/quarkus-app/quarkus-run.jar").toAbsolutePath().normalize();
        }

        @Override
        public String build() {
            return "test";
        }

        @Override
        public Launch server(Role role, StateStoreKind kind, int port) {
            return servers.server(role, kind, port);
        }

        @Override
        public void furnish(StateStoreKind kind, int port) {
            servers.furnish(kind, port);
        }

        @Override
        public Launch function(Role role, String id, int port, Connections to) {
            List<String> words = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                    "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                    "-jar", program(role).toString());
            return new Launch(words, Map.of("DTS_KAFKA", to.kafka(), "DTS_STATE_URL", to.stateUrl(), "DTS_STATE_USERNAME", to.username(),
                    "DTS_STATE_PASSWORD", to.password(), "DTS_KEY_FILE", folder.key().toString(), "DTS_PROCESS_ID", id,
                    "QUARKUS_HTTP_HOST", "127.0.0.1", "QUARKUS_HTTP_PORT", Integer.toString(port)), folder.path(), folder.log(id), "TERM");
        }
    }
}
