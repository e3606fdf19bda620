package io.opendts.standalone.system;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;
import io.opendts.standalone.cluster.TestCluster;
import io.opendts.standalone.remote.ApiClient;
import io.opendts.standalone.remote.RemoteTasks;
import io.opendts.standalone.remote.RemoteWork;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A cluster of two processes of each function that scales, as the system tests use it: by its API, under both addresses. */
final class TaskCluster implements AutoCloseable {

    private static final int EACH = 2;

    private final TestCluster cluster;

    private TaskCluster(TestCluster cluster) {
        this.cluster = cluster;
    }

    /** @param stateStore mysql or postgresql */
    static TaskCluster up(Path folder, String stateStore) {
        if (!TestCluster.isBuilt()) {
            String message = "NOT TESTED: no cluster without the functions' builds (./mvnw package)";
            if ("true".equals(System.getenv("DTS_REQUIRE_SERVERS"))) {
                throw new AssertionError(message);
            }
            System.err.println(message);
            Assumptions.abort(message);
        }
        return new TaskCluster(TestCluster.up(folder, stateStore, EACH));
    }

    Work work() {
        return new RemoteWork(client());
    }

    private ApiClient client() {
        return ApiClient.of(Stream.of(cluster.server().split(",")).map(URI::create).toList());
    }

    /** Whatever state it is in; nothing where there is none. */
    void forget(String task) {
        try {
            pause(task);
            new RemoteWork(client()).delete(new Work.TaskRequest(task, Path.of("none")), _ -> { }, new Interruption());
        } catch (DtsException refused) {
            if (refused.code() != ErrorCode.TASK_NOT_FOUND) {
                throw refused;
            }
        }
    }

    private void pause(String task) {
        try {
            new RemoteTasks(client()).pause(Path.of("none"), task, _ -> { });
        } catch (DtsException refused) {
            if (refused.code() != ErrorCode.NOT_POSSIBLE_IN_STATE) {
                throw refused;
            }
        }
    }

    /** Of log files of all processes. */
    List<Path> logs() {
        return cluster.ids().stream().map(id -> cluster.log(id).getParent()).distinct().toList();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
