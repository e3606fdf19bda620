package io.opendts.standalone.cluster;

import io.opendts.api.JsonObject;
import io.opendts.api.JsonReader;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What {@code cluster.json} remembers: what was asked for, and what was started for it. No secret is in it. */
record ClusterRecord(Wanted wanted, List<Member> members) {

    private static final String HOST = "127.0.0.1";

    ClusterRecord {
        members = List.copyOf(members);
    }

    static Optional<ClusterRecord> read(ClusterFolder folder) {
        try {
            return Optional.of(parse(Files.readString(folder.record())));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw folder.unusable(e);
        } catch (NoSuchElementException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new DtsException(ErrorCode.STATE_DAMAGED, folder.record() + " is not what a cluster command writes",
                    "End the cluster's processes by hand, they have DTS_PROCESS_ID in their environment, then delete the file", e);
        }
    }

    void write(ClusterFolder folder) {
        folder.replace(folder.record(), toJson(folder) + "\n");
    }

    Optional<Member> member(String id) {
        return members.stream().filter(member -> member.id().equals(id)).findFirst();
    }

    /** Brokers, empty while the cluster's own has not been started. */
    String kafka() {
        return wanted.ownKafka() ? member(Role.KAFKA.id(1)).map(own -> HOST + ":" + own.port()).orElse("") : wanted.kafka();
    }

    /** Without user and password; empty while the cluster's own has not been started. */
    String stateUrl() {
        return wanted.ownStateStore()
                ? member(Role.STATE_STORE.id(1))
                        .map(own -> wanted.stateStore().label() + "://" + HOST + ":" + own.port() + "/" + Programs.DATABASE).orElse("")
                : wanted.stateUrl();
    }

    /** Where the control API listens. */
    String server() {
        return member(Role.CONTROL.id(1)).map(this::url).orElse("");
    }

    String url(Member member) {
        return switch (member.role()) {
            case STATE_STORE -> stateUrl();
            case KAFKA -> kafka();
            case CONTROL, PRECHECK, SCHEMA, SNAPSHOT, READER, APPLY, VERIFY -> "http://" + HOST + ":" + member.port();
        };
    }

    Probe probe(Member member) {
        return switch (member.role()) {
            case STATE_STORE -> switch (wanted.stateStore()) {
                case MYSQL -> new Probe.MySql(member.port());
                case POSTGRESQL -> new Probe.PostgreSql(member.port());
            };
            case KAFKA -> new Probe.Kafka(member.port());
            case CONTROL, PRECHECK, SCHEMA, SNAPSHOT, READER, APPLY, VERIFY -> new Probe.Http(member.port());
        };
    }

    private JsonObject toJson(ClusterFolder folder) {
        JsonObject counts = new JsonObject();
        Role.functions().forEach(role -> counts.put(role.label(), wanted.counts().get(role)));
        JsonObject asked = new JsonObject().put("counts", counts).put("stateStore", wanted.stateStore().label())
                .put("kafka", wanted.kafka()).put("stateUrl", wanted.stateUrl()).put("stateUsername", wanted.stateUsername())
                .put("port", wanted.port());
        List<JsonObject> processes = members.stream()
                .map(member -> new JsonObject().put("function", member.role().label()).put("id", member.id()).put("pid", member.pid())
                        .put("birth", member.birth()).put("port", member.port()).put("stopSignal", member.stopSignal())
                        .put("settings", member.settings())
                        .put("url", url(member)).put("log", folder.log(member.id()).toString()))
                .toList();
        return new JsonObject().put("server", server()).put("kafka", kafka()).put("stateStore", stateUrl()).put("asked", asked)
                .put("processes", processes);
    }

    private static ClusterRecord parse(String text) {
        Map<String, Object> all = JsonReader.object(text).orElseThrow();
        Map<?, ?> asked = (Map<?, ?>) all.get("asked");
        Map<Role, Integer> counts = new EnumMap<>(Role.class);
        ((Map<?, ?>) asked.get("counts")).forEach((label, count) -> counts.put(Role.of((String) label), number(count)));
        Wanted wanted = new Wanted(counts, StateStoreKind.of((String) asked.get("stateStore")), (String) asked.get("kafka"),
                (String) asked.get("stateUrl"), (String) asked.get("stateUsername"), number(asked.get("port")));
        return new ClusterRecord(wanted, JsonReader.objects(all, "processes").stream().map(ClusterRecord::member).toList());
    }

    private static Member member(Map<String, Object> process) {
        return new Member(Role.of(JsonReader.text(process, "function")), JsonReader.text(process, "id"),
                JsonReader.number(process, "pid", 0), JsonReader.text(process, "birth"), number(process.get("port")),
                JsonReader.text(process, "stopSignal"), JsonReader.text(process, "settings"));
    }

    private static int number(Object value) {
        return ((Number) value).intValue();
    }
}
