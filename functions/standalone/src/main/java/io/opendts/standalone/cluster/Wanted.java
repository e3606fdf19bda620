package io.opendts.standalone.cluster;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The cluster as it should be.
 *
 * @param kafka brokers of somebody else's; empty: the cluster has its own
 * @param stateUrl database of somebody else's; empty: the cluster has its own
 * @param port of the first control function, the next free one if it is taken
 */
record Wanted(Map<Role, Integer> counts, StateStoreKind stateStore, String kafka, String stateUrl, String stateUsername, int port) {

    static final int PORT = 8080;
    private static final int COUNT_MAX = 64;
    private static final Pattern STATE_URL = Pattern.compile("(mysql|postgresql)://[^/@:\\s]+:\\d{1,5}/[A-Za-z0-9_]+");
    private static final Pattern BROKERS = Pattern.compile("[^\\s:,]+:\\d{1,5}(,[^\\s:,]+:\\d{1,5})*");

    Wanted {
        counts = Map.copyOf(counts);
    }

    static Wanted initially() {
        Map<Role, Integer> one = new EnumMap<>(Role.class);
        Role.functions().forEach(role -> one.put(role, 1));
        return new Wanted(one, StateStoreKind.MYSQL, "", "", "", PORT);
    }

    /** @throws DtsException CLUSTER_SETTINGS when the request contradicts itself */
    Wanted changedBy(UpRequest request) {
        Map<Role, Integer> numbers = new EnumMap<>(counts);
        request.counts().forEach((role, count) -> numbers.put(role, within(role, count)));
        String url = request.stateUrl().orElse(stateUrl);
        StateStoreKind kind = request.stateStore().orElse(stateStore);
        if (!url.isEmpty()) {
            if (!STATE_URL.matcher(url).matches()) {
                throw wrong("--state-url is not of the form mysql://host:port/database or postgresql://host:port/database",
                        "Give user and password apart: --state-username, and DTS_STATE_PASSWORD in the environment");
            }
            StateStoreKind named = StateStoreKind.of(url.substring(0, url.indexOf(':')));
            if (request.stateStore().isPresent() && kind != named) {
                throw wrong("--state-store " + kind.label() + " contradicts --state-url " + url, "Leave --state-store out");
            }
            kind = named;
        }
        String brokers = request.kafka().orElse(kafka);
        if (!brokers.isEmpty() && !BROKERS.matcher(brokers).matches()) {
            throw wrong("--kafka " + brokers + " is not of the form host:port[,host:port]", "For example --kafka 10.0.0.7:9092");
        }
        int first = request.port().orElse(port);
        if (first < 1 || first > 65_535) {
            throw wrong("--port " + first + " is no port", "Give a number from 1 to 65535");
        }
        return new Wanted(numbers, kind, brokers, url, request.stateUsername().orElse(stateUsername), first);
    }

    private static int within(Role role, int count) {
        if (count < 1 || count > COUNT_MAX) {
            throw wrong(count + " processes of " + role.label() + " were asked for", "Give a number from 1 to " + COUNT_MAX);
        }
        return count;
    }

    private static DtsException wrong(String message, String remedy) {
        return new DtsException(ErrorCode.CLUSTER_SETTINGS, message, remedy);
    }

    boolean ownKafka() {
        return kafka.isEmpty();
    }

    boolean ownStateStore() {
        return stateUrl.isEmpty();
    }

    record Place(Role role, String id) {}

    /** Every process that should run, in starting order. */
    List<Place> places() {
        return Arrays.stream(Role.values())
                .flatMap(role -> IntStream.rangeClosed(1, count(role)).mapToObj(number -> new Place(role, role.id(number)))).toList();
    }

    private int count(Role role) {
        return switch (role) {
            case STATE_STORE -> ownStateStore() ? 1 : 0;
            case KAFKA -> ownKafka() ? 1 : 0;
            case CONTROL, PRECHECK, SCHEMA, SNAPSHOT, READER, APPLY, VERIFY -> counts.get(role);
        };
    }
}
