package io.opendts.standalone.cluster;

import io.opendts.model.event.Event;
import io.opendts.model.event.Event.Cluster.Health;
import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/** The commands on the cluster of a state folder. */
public final class Clusters {

    /** Set by the launcher: the folder with one folder a function. */
    public static final String INSTALLED = "dts.cluster.app";
    private static final Duration READY_LIMIT = Duration.ofSeconds(180);
    /** Functions finish the piece of work in hand; servers write what they have in memory. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private Clusters() {}

    /** @param installed where the functions were laid out, see native/aot/install-cluster.sh */
    public static ExitCode up(UpRequest request, Path installed, EventSink out) {
        ClusterFolder folder = ClusterFolder.of(request.stateDirectory());
        Programs programs = new InstalledPrograms(installed, folder);
        new ClusterUp(folder, programs, out, READY_LIMIT, new Stopping(STOP_LIMIT))
                .run(request, Optional.ofNullable(System.getenv("DTS_STATE_PASSWORD")));
        return status(request.stateDirectory(), out);
    }

    public static ExitCode status(Path stateDirectory, EventSink out) {
        ClusterFolder folder = ClusterFolder.of(stateDirectory);
        Optional<ClusterRecord> record = ClusterRecord.read(folder);
        if (record.isEmpty()) {
            out.emit(new Event.Note("no cluster has been started in " + folder.path() + ": ./dts cluster up"));
            return ExitCode.TASK_FAILED;
        }
        Event.Cluster event = look(record.get(), folder);
        out.emit(event);
        return event.processes().stream().allMatch(member -> member.health() == Health.READY) ? ExitCode.DONE : ExitCode.TASK_FAILED;
    }

    /** All at once: each may take its time to answer. */
    static Event.Cluster look(ClusterRecord record, ClusterFolder folder) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Event.Cluster.Member>> asked = record.wanted().places().stream()
                    .map(place -> threads.submit(() -> look(record, place, folder))).toList();
            return new Event.Cluster(record.server(), record.kafka(), record.stateUrl(), asked.stream().map(Clusters::answer).toList());
        }
    }

    private static Event.Cluster.Member answer(Future<Event.Cluster.Member> asked) {
        try {
            return asked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking processes", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Event.Cluster.Member look(ClusterRecord record, Wanted.Place place, ClusterFolder folder) {
        String log = folder.log(place.id()).toString();
        Optional<Member> known = record.member(place.id());
        if (known.isEmpty()) {
            return new Event.Cluster.Member(place.role().label(), place.id(), 0, "", log, Health.DEAD);
        }
        Member member = known.get();
        Health health = !member.isAlive() ? Health.DEAD : record.probe(member).answers() ? Health.READY : Health.NOT_READY;
        return new Event.Cluster.Member(place.role().label(), place.id(), member.pid(), record.url(member), log, health);
    }

    /** @param purge deletes data and logs too. The key stays: a state store of somebody else's may hold tasks sealed by it */
    public static ExitCode down(Path stateDirectory, boolean purge, EventSink out) {
        return down(stateDirectory, purge, STOP_LIMIT, out);
    }

    /** @param patience what does not end within that time is killed */
    public static ExitCode down(Path stateDirectory, boolean purge, Duration patience, EventSink out) {
        return down(ClusterFolder.of(stateDirectory), purge, new Stopping(patience), out);
    }

    static ExitCode down(ClusterFolder folder, boolean purge, Stopping stopping, EventSink out) {
        if (!Files.isDirectory(folder.path())) {
            out.emit(new Event.Note("there is no cluster in " + folder.path()));
            return ExitCode.DONE;
        }
        try (ClusterLock _ = ClusterLock.take(folder)) {
            List<Member> members = ClusterRecord.read(folder).map(ClusterRecord::members).orElse(List.of());
            // Functions write to the servers until they end; the servers then end with nothing left to come.
            end(members, member -> member.role().isFunction(), stopping, out);
            end(members, member -> !member.role().isFunction(), stopping, out);
            Files.deleteIfExists(folder.record());
            if (purge) {
                folder.purge();
            }
            out.emit(new Event.Note(purge ? "the cluster is down, its data are deleted"
                    : "the cluster is down; its data stay in " + folder.data()));
            return ExitCode.DONE;
        } catch (IOException e) {
            throw folder.unusable(e);
        }
    }

    private static void end(List<Member> members, Predicate<Member> which, Stopping stopping, EventSink out) {
        List<Member> alive = members.stream().filter(which).filter(Member::isAlive).toList();
        if (alive.isEmpty()) {
            return;
        }
        out.emit(new Event.Note("stopping " + String.join(", ", alive.stream().map(Member::id).toList())));
        int killed = stopping.stop(alive);
        if (killed > 0) {
            out.emit(new Event.Note(killed + " did not end within " + stopping.askingLimit().toSeconds() + " s and had to be killed"));
        }
    }
}
