package io.opendts.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Stage;
import io.opendts.model.TaskState;
import io.opendts.model.event.Event;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;
import io.opendts.standalone.cluster.TestCluster;
import io.opendts.standalone.remote.ApiClient;
import io.opendts.standalone.remote.RemoteTasks;
import io.opendts.standalone.remote.RemoteWork;
import io.opendts.standalone.run.StandaloneWork;
import io.opendts.state.Chunks.TableCopy;
import io.opendts.state.StateStore;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.WriteLoad;
import io.opendts.testkit.WriteLoadOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A task on a cluster whose source is written to all the while. */
final class ClusterTask implements AutoCloseable {

    private static final long CATCH_UP_SECONDS_MAX = 180;
    private static final long POLL_MILLIS = 50;
    private static final int EVENTS_MAX = 1_000;

    private final TestCluster cluster;
    private final StateStore store;
    private final ServerPair pair;
    private final Path folder;
    private final Path file;
    private final WriteLoad load;
    private final String name;

    private ClusterTask(TestCluster cluster, StateStore store, ServerPair pair, Path folder, Path file, WriteLoad load, String name) {
        this.cluster = cluster;
        this.store = store;
        this.pair = pair;
        this.folder = folder;
        this.file = file;
        this.load = load;
        this.name = name;
    }

    /** Makes and fills the database, begins to write to it, and starts the task of its name. */
    static ClusterTask start(TestCluster cluster, StateStore store, ServerPair pair, Path folder, WriteLoadOptions options)
            throws Exception {
        WriteLoad.prepare(pair.source(), options);
        ClusterTask task = new ClusterTask(cluster, store, pair, folder, LoadTask.write(folder, pair, options.database()),
                WriteLoad.start(pair.source(), options), options.database());
        List<Event> told = new CopyOnWriteArrayList<>();
        try {
            RemoteTasks remote = new RemoteTasks(task.client());
            assertThat(remote.create(task.file, told::add)).as("created; told: %s", told).isEqualTo(ExitCode.DONE);
            assertThat(remote.start(task.name, told::add)).as("started; told: %s", told).isEqualTo(ExitCode.DONE);
            return task;
        } catch (RuntimeException | Error failed) {
            task.close();
            throw failed;
        }
    }

    String name() {
        return name;
    }

    WriteLoad load() {
        return load;
    }

    private ApiClient client() {
        return ApiClient.of(Stream.of(cluster.server().split(",")).map(URI::create).toList());
    }

    TaskState state() {
        return store.tasks().get(name).state();
    }

    long chunksDone() {
        return store.chunks().tables(name).stream().mapToLong(TableCopy::done).sum();
    }

    /** Empty when the lease is nobody's at the moment; else the id of the process, as the cluster calls it. */
    Optional<String> holder(String lease) {
        return store.leases().current(lease).filter(l -> l.expiresAtMillis() > System.currentTimeMillis())
                .flatMap(l -> cluster.ids().stream().filter(id -> l.holder().startsWith(id + "-")).findFirst());
    }

    /** Milliseconds until it was so. */
    static long await(String what, long secondsMax, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).as("seconds until " + what)
                    .isLessThan(secondsMax);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    boolean isIncremental() {
        return state().equals(new TaskState.Running(Stage.INCREMENTAL));
    }

    void awaitIncremental() {
        await(name + " is incremental", CATCH_UP_SECONDS_MAX, this::isIncremental);
    }

    /** Ends the writing, lets the task catch up, and compares both sides by the cluster's own functions, by ours and by plain queries. */
    void provesEqual() throws Exception {
        load.stop();
        catchesUp();
        List<Event> told = new CopyOnWriteArrayList<>();
        ExitCode there = new RemoteWork(client()).verify(request(), told::add, new Interruption());
        assertThat(there).as("verify of %s on the cluster; told: %s", name, told).isEqualTo(ExitCode.DONE);
        told.clear();
        ExitCode here = new StandaloneWork().verify(request(), told::add, new Interruption());
        assertThat(here).as("verify of %s in this process; told: %s", name, told).isEqualTo(ExitCode.DONE);
        new Sides(new TestServer("source", pair.source()), new TestServer("target", pair.target())).haveEqualRows(name);
        assertThat(store.tasks().events(name, 0, EVENTS_MAX).toString()).as("states of %s", name).doesNotContain("Failed[");
    }

    private Work.VerifyRequest request() {
        return new Work.VerifyRequest(file, folder.resolve("state"), Optional.empty());
    }

    private void catchesUp() throws Exception {
        List<Event> told = new CopyOnWriteArrayList<>();
        Interruption late = new Interruption();
        Thread limit = Thread.ofVirtual().start(() -> {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(CATCH_UP_SECONDS_MAX));
            late.ask();
        });
        ExitCode exit = new RemoteWork(client()).run(new Work.RunRequest(file, folder.resolve("state"), true), told::add, late);
        limit.interrupt();
        assertThat(exit).as("%s caught up; told: %s", name, told).isEqualTo(ExitCode.DONE);
    }

    /** What the process has told since it was started, or after {@code from} characters. */
    static String log(TestCluster cluster, String id, int from) {
        try {
            return Files.readString(cluster.log(id)).substring(from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        load.close();
    }
}
