package io.opendts.standalone;

import io.opendts.model.event.Event;
import io.opendts.standalone.cluster.Clusters;
import io.opendts.standalone.cluster.UpRequest;
import io.opendts.standalone.demo.Demo;
import io.opendts.standalone.demo.DemoSize;
import io.opendts.standalone.remote.ApiClient;
import io.opendts.standalone.remote.RemoteWork;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the functions do while their JVMs write down, for their AOT caches, which classes they need and which methods are hot:
 * the demo, carried to a cluster of theirs. Not a command: started by the build alone. Outcomes do not matter here.
 */
final class ClusterTraining {

    private static final DemoSize SIZE = new DemoSize(10_000, 8, 300);
    /** The first time on a machine servers are fetched meanwhile; a job that is cut off leaves caches without what it is for. */
    private static final Duration JOB_LIMIT = Duration.ofMinutes(6);
    /** Every process makes its cache when it ends, all of them at the same time. */
    private static final Duration CACHES_LIMIT = Duration.ofSeconds(240);

    private ClusterTraining() {}

    /** @param words where the functions are laid out, and a folder for the cluster's state */
    public static void main(String... words) throws InterruptedException {
        Path state = Path.of(words[1]);
        // Processes of a cluster survive whoever started them: not those of a build that is interrupted.
        Runtime.getRuntime().addShutdownHook(
                new Thread(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly), "no-process-left"));
        Interruption late = new Interruption();
        Thread job = Thread.ofPlatform().daemon().start(() -> work(Path.of(words[0]), state, late));
        if (!job.join(JOB_LIMIT)) {
            late.ask();
        }
        Clusters.down(state, true, CACHES_LIMIT, System.out::println);
        System.exit(0);
    }

    private static void work(Path installed, Path state, Interruption late) {
        AtomicReference<String> server = new AtomicReference<>();
        Clusters.up(new UpRequest(state, Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                OptionalInt.empty()), installed, event -> {
            if (event instanceof Event.Cluster up) {
                server.set(up.server());
            }
        });
        new Demo(new RemoteWork(ApiClient.of(List.of(URI.create(server.get())))), SIZE, false, System.out::println, late).run();
    }
}
