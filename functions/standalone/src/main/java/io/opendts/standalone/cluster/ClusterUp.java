package io.opendts.standalone.cluster;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a cluster to what is wanted. What runs as it should is left alone, so that the command can be given again at any
 * time, also after it was killed: every process is on record right after its start.
 */
final class ClusterUp {

    private static final int KAFKA_PORT = 9092;
    private static final int LOG_TAIL_LINES = 20;
    private static final Duration PORT_LIMIT = Duration.ofSeconds(2);

    private final ClusterFolder folder;
    private final Programs programs;
    private final EventSink out;
    private final Duration readyLimit;
    private final Stopping stopping;
    private final Ports ports = new Ports();
    private final Map<String, Member> members = new LinkedHashMap<>();
    /** Ids of what this command has started. */
    private final Set<String> started = new HashSet<>();
    private Wanted wanted;

    ClusterUp(ClusterFolder folder, Programs programs, EventSink out, Duration readyLimit, Stopping stopping) {
        this.folder = folder;
        this.programs = programs;
        this.out = out;
        this.readyLimit = readyLimit;
        this.stopping = stopping;
    }

    /**
     * @param password of a state store of somebody else's
     * @throws DtsException CLUSTER_PROCESS_FAILED when a process ends or does not get ready; what runs is left running
     */
    void run(UpRequest request, Optional<String> password) {
        folder.create();
        try (ClusterLock _ = ClusterLock.take(folder); Ports _ = ports) {
            ClusterRecord before = ClusterRecord.read(folder).orElseGet(() -> new ClusterRecord(Wanted.initially(), List.of()));
            wanted = before.wanted().changedBy(request);
            refuseToMoveHouse(before);
            before.members().forEach(member -> members.put(member.id(), member));
            before.members().stream().filter(Member::isAlive).forEach(member -> ports.reserve(member.port()));
            List<Wanted.Place> places = wanted.places();
            dismiss(places);
            bring(places.stream().filter(place -> !place.role().isFunction()).toList(), place -> server(place));
            if (wanted.ownStateStore()) {
                programs.furnish(wanted.stateStore(), members.get(Role.STATE_STORE.id(1)).port());
            }
            Programs.Connections connections = connections(password);
            boolean portMoved = before.wanted().port() != wanted.port();
            // Control first: it brings the tables of the state store up to its version, which the others expect.
            bring(places.stream().filter(place -> place.role() == Role.CONTROL).toList(),
                    place -> function(place, connections, portMoved));
            bring(places.stream().filter(place -> place.role().isFunction() && place.role() != Role.CONTROL).toList(),
                    place -> function(place, connections, portMoved));
        }
    }

    /** Tasks and changes on their way are where the cluster keeps them: with another place under it they would seem lost. */
    private void refuseToMoveHouse(ClusterRecord before) {
        boolean same = before.wanted().stateStore() == wanted.stateStore() && before.wanted().stateUrl().equals(wanted.stateUrl())
                && before.wanted().kafka().equals(wanted.kafka());
        if (!same && before.members().stream().anyMatch(Member::isAlive)) {
            throw new DtsException(ErrorCode.CLUSTER_SETTINGS,
                    "the cluster runs on " + before.stateUrl() + " and " + before.kafka() + ", where its tasks and messages are",
                    "To run it on others: ./dts cluster down first. Tasks do not move along");
        }
    }

    private void dismiss(List<Wanted.Place> places) {
        List<String> ids = places.stream().map(Wanted.Place::id).toList();
        List<Member> surplus = members.values().stream().filter(member -> !ids.contains(member.id())).toList();
        surplus.stream().filter(Member::isAlive).forEach(member -> say("stopping " + member.id() + ", pid " + member.pid()));
        stopping.stop(surplus);
        surplus.forEach(member -> members.remove(member.id()));
        record().write(folder);
    }

    private interface Bringing {
        void bring(Wanted.Place place);
    }

    private void bring(List<Wanted.Place> places, Bringing bringing) {
        places.forEach(bringing::bring);
        long end = System.nanoTime() + readyLimit.toNanos();
        List<Wanted.Place> left = places;
        while (true) {
            left = left.stream().filter(place -> !isReady(members.get(place.id()))).toList();
            // One that was answered for by a stranger's process on its port may have ended since, because of that port.
            left = left.isEmpty() ? places.stream().filter(place -> !members.get(place.id()).isAlive()).toList() : left;
            if (left.isEmpty()) {
                return;
            }
            for (Wanted.Place place : left) {
                Member member = members.get(place.id());
                if (!member.isAlive() && started.contains(place.id())) {
                    throw failed(member, "ended while it started");
                }
                // One that was found running and has ended since is started now.
                bringing.bring(place);
            }
            if (System.nanoTime() > end) {
                throw failed(members.get(left.getFirst().id()), "runs but was not ready within " + readyLimit.toSeconds() + " s");
            }
            Stopping.pause();
        }
    }

    /** What answers on its port may be somebody else's. */
    private boolean isReady(Member member) {
        return member.isAlive() && record().probe(member).answers();
    }

    private void server(Wanted.Place place) {
        Optional<Member> known = Optional.ofNullable(members.get(place.id()));
        if (known.filter(Member::isAlive).isPresent()) {
            return;
        }
        say("starting " + place.id());
        int port = known.map(Member::port).filter(ports::take)
                .orElseGet(() -> place.role() == Role.KAFKA && ports.take(KAFKA_PORT) ? KAFKA_PORT : ports.any());
        start(place, port, "", programs.server(place.role(), wanted.stateStore(), port));
    }

    private void function(Wanted.Place place, Programs.Connections to, boolean portMoved) {
        String settings = String.join(" ", programs.build(), to.kafka(), to.stateUrl(), to.username());
        boolean first = place.id().equals(Role.CONTROL.id(1));
        Optional<Member> known = Optional.ofNullable(members.get(place.id()))
                .filter(member -> !(first && portMoved && !started.contains(place.id())));
        Optional<Member> running = Optional.ofNullable(members.get(place.id())).filter(Member::isAlive);
        if (running.isPresent()) {
            if (known.isPresent() && running.get().settings().equals(settings)) {
                return;
            }
            say("replacing " + place.id() + ", pid " + running.get().pid() + ", which runs with an earlier build or other settings");
            stopping.stop(List.of(running.get()));
        } else {
            say("starting " + place.id());
        }
        int port = known.map(Member::port).filter(this::isFreeAgain)
                .orElseGet(() -> first ? ports.nextFrom(wanted.port()) : ports.any());
        start(place, port, settings, programs.function(place.role(), place.id(), port, to));
    }

    /** Also one that was reserved for the process that had it until now, whose last connections may keep it for a moment. */
    private boolean isFreeAgain(int port) {
        ports.giveBack(port);
        long end = System.nanoTime() + PORT_LIMIT.toNanos();
        while (!ports.take(port)) {
            if (System.nanoTime() > end) {
                return false;
            }
            Stopping.pause();
        }
        return true;
    }

    private void start(Wanted.Place place, int port, String settings, Launch launch) {
        try {
            long pid = launch.start();
            // Empty when the process has ended already: then it is found dead, as it should be.
            String birth = ProcessTable.birth(pid).orElse("");
            started.add(place.id());
            members.put(place.id(), new Member(place.role(), place.id(), pid, birth, port, launch.stopSignal(), settings));
            record().write(folder);
        } catch (IOException e) {
            throw new DtsException(ErrorCode.CLUSTER_PROCESS_FAILED, "cannot start " + place.id() + ": " + e.getMessage(),
                    "Mend what the message names and run ./dts cluster up again", e);
        }
    }

    private Programs.Connections connections(Optional<String> password) {
        ClusterRecord record = record();
        if (wanted.ownStateStore()) {
            return new Programs.Connections(record.kafka(), record.stateUrl(), Programs.USERNAME, folder.statePassword());
        }
        return new Programs.Connections(record.kafka(), record.stateUrl(), wanted.stateUsername(),
                password.orElseThrow(() -> new DtsException(ErrorCode.CLUSTER_SETTINGS,
                        "the state store " + wanted.stateUrl() + " needs a password, which is nowhere kept",
                        "Put it into the environment: DTS_STATE_PASSWORD")));
    }

    private DtsException failed(Member member, String what) {
        return new DtsException(ErrorCode.CLUSTER_PROCESS_FAILED,
                member.id() + " " + what + "; the end of its log " + folder.log(member.id()) + ":\n" + logTail(member),
                "Mend what the log names and run ./dts cluster up again; what runs goes on running until ./dts cluster down");
    }

    private String logTail(Member member) {
        Path log = folder.log(member.id());
        try {
            List<String> lines = Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(cannot read it: " + e.getMessage() + ")";
        }
    }

    private ClusterRecord record() {
        return new ClusterRecord(wanted, new ArrayList<>(members.values()));
    }

    private void say(String sentence) {
        out.emit(new Event.Note(sentence));
    }
}
