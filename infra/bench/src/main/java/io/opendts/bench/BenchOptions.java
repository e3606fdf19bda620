package io.opendts.bench;

import io.opendts.testkit.ServerVersion;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to measure. The words are those of {@code ./dts bench}.
 *
 * @param rows of each of the tables of sysbench; other shapes have a multiple of it
 * @param transactions of the write load that is caught up with; of the huge one its rows
 * @param shape of the tables; catch-up, lag and a cold worker are measured on sysbench's
 * @param mix of the write load
 * @param cluster whether OpenDTS takes part as a cluster too
 * @param alone whether the peers are left out
 * @param results folder for the page
 * @param work folder for data, several GB; emptied at the end
 */
record BenchOptions(int rounds, int rows, int transactions, Set<Measure> only, Shape shape, Mix mix, ServerVersion server,
        int bufferPoolMiB, Path results, Path work, Path root, boolean quick, boolean cluster, boolean alone) {

    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    enum Measure { FULL, CATCHUP, LAG, COLD, DECODER }

    private static final Set<Measure> WITHOUT_CLUSTER = EnumSet.of(Measure.FULL, Measure.CATCHUP);
    private static final Set<Measure> WITH_CLUSTER = EnumSet.complementOf(EnumSet.of(Measure.DECODER));

    private static final Set<String> NAMES =
            Set.of("--rounds", "--rows", "--transactions", "--only", "--shape", "--mix", "--server", "--buffer-pool-mib", "--results",
                    "--work");
    private static final Set<String> SWITCHES = Set.of("--quick", "--cluster", "--alone");
    private static final int ROUNDS = 3;
    private static final int ROWS = 500_000;
    private static final int TRANSACTIONS = 100_000;
    private static final int BUFFER_POOL_MIB = 1024;
    private static final int QUICK_ROWS = 20_000;
    private static final int QUICK_TRANSACTIONS = 2_000;
    private static final int QUICK_BUFFER_POOL_MIB = 128;

    BenchOptions {
        only = Set.copyOf(only);
    }

    /** @param root the checkout, whose {@code dts} is measured */
    static BenchOptions parse(List<String> words, Path root) throws UsageException {
        Map<String, String> given = new HashMap<>();
        boolean quick = words.contains("--quick");
        boolean cluster = words.contains("--cluster");
        for (Iterator<String> rest = words.stream().filter(word -> !SWITCHES.contains(word)).iterator(); rest.hasNext();) {
            String word = rest.next();
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!NAMES.contains(name)) {
                throw new UsageException("there is no option " + name);
            }
            if (equals < 0 && !rest.hasNext()) {
                throw new UsageException("the option " + name + " lacks its value");
            }
            given.put(name, equals < 0 ? rest.next() : word.substring(equals + 1));
        }
        Path bench = root.resolve("infra/bench");
        return new BenchOptions(number(given, "--rounds", quick ? 1 : ROUNDS), number(given, "--rows", quick ? QUICK_ROWS : ROWS),
                number(given, "--transactions", quick ? QUICK_TRANSACTIONS : TRANSACTIONS),
                measures(given, cluster), Shape.named(given.getOrDefault("--shape", Shape.SYSBENCH.word())),
                Mix.named(given.getOrDefault("--mix", Mix.MIX.word())),
                version(given.getOrDefault("--server", ServerVersion.MARIADB_10_11.folderName())),
                number(given, "--buffer-pool-mib", quick ? QUICK_BUFFER_POOL_MIB : BUFFER_POOL_MIB),
                given.containsKey("--results") ? absolute(given.get("--results")) : bench.resolve(quick ? "target/results" : "results"),
                given.containsKey("--work") ? absolute(given.get("--work")).resolve("opendts-bench") : bench.resolve("target/work"),
                root, quick, cluster, words.contains("--alone"));
    }

    /** The words that chose who takes part in what. */
    String choices() {
        return (cluster ? " --cluster" : "") + (alone ? " --alone" : "")
                + (only.size() == 1 ? " --only " + only.iterator().next().name().toLowerCase(Locale.ROOT) : "")
                + (shape == Shape.SYSBENCH ? "" : " --shape " + shape.word()) + (mix == Mix.MIX ? "" : " --mix " + mix.word());
    }

    private static Path absolute(String value) {
        return Path.of(value).toAbsolutePath().normalize();
    }

    private static int number(Map<String, String> given, String name, int otherwise) throws UsageException {
        if (!given.containsKey(name)) {
            return otherwise;
        }
        String value = given.get(name);
        try {
            int number = Integer.parseInt(value.replace("_", ""));
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new UsageException(name + " " + value + ": a number is needed");
        }
        throw new UsageException(name + " " + value + ": at least 1 is needed");
    }

    private static Set<Measure> measures(Map<String, String> given, boolean cluster) throws UsageException {
        if (!given.containsKey("--only")) {
            if (given.containsKey("--shape") || given.containsKey("--mix")) {
                throw new UsageException("--shape and --mix belong to one measure: --only full --shape NAME, --only catchup|decoder"
                        + " --mix NAME");
            }
            return cluster ? WITH_CLUSTER : WITHOUT_CLUSTER;
        }
        Measure only = measure(given.get("--only"));
        if (only == Measure.COLD && !cluster) {
            throw new UsageException("--only cold: a cold worker is one of a cluster's, which needs --cluster");
        }
        if (given.containsKey("--shape") && only != Measure.FULL || given.containsKey("--mix") && only != Measure.CATCHUP
                && only != Measure.DECODER) {
            throw new UsageException("--shape goes with --only full, --mix with --only catchup or decoder");
        }
        return Set.of(only);
    }

    private static Measure measure(String value) throws UsageException {
        return switch (value) {
            case "full" -> Measure.FULL;
            case "catchup" -> Measure.CATCHUP;
            case "lag" -> Measure.LAG;
            case "cold" -> Measure.COLD;
            case "decoder" -> Measure.DECODER;
            default -> throw new UsageException("--only " + value + ": it is full, catchup, lag, cold or decoder");
        };
    }

    private static ServerVersion version(String value) throws UsageException {
        return Arrays.stream(ServerVersion.values()).filter(version -> version.folderName().equals(value)).findFirst()
                .orElseThrow(() -> new UsageException("--server " + value + ": it is one of "
                        + Arrays.stream(ServerVersion.values()).map(ServerVersion::folderName).collect(Collectors.joining(", "))));
    }
}
