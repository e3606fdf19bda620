package io.opendts.standalone.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts {@link FakeProcess}es. */
final class FakePrograms implements Programs {

    private final ClusterFolder folder;
    private final List<Connections> connections = new ArrayList<>();
    private final List<StateStoreKind> furnished = new ArrayList<>();
    private String build = "build-1";
    private String answer = "http";

    FakePrograms(ClusterFolder folder) {
        this.folder = folder;
    }

    void rebuild() {
        build = "build-2";
    }

    void answer(String answer) {
        this.answer = answer;
    }

    List<Connections> connections() {
        return connections;
    }

    @Override
    public String build() {
        return build;
    }

    @Override
    public Launch server(Role role, StateStoreKind kind, int port) {
        return fake(role == Role.KAFKA ? "kafka" : "mysql", port, role.id(1));
    }

    @Override
    public void furnish(StateStoreKind kind, int port) {
        furnished.add(kind);
    }

    List<StateStoreKind> furnished() {
        return furnished;
    }

    @Override
    public Launch function(Role role, String id, int port, Connections to) {
        connections.add(to);
        return fake(answer, port, id);
    }

    private Launch fake(String how, int port, String id) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new Launch(
                List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx32m", "-cp", classes(), FakeProcess.class.getName(), how,
                        Integer.toString(port), id),
                Map.of("DTS_PROCESS_ID", id), folder.path(), folder.log(id), Launch.TERM);
    }

    private static String classes() {
        return Path.of(FakeProcess.class.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
    }
}
