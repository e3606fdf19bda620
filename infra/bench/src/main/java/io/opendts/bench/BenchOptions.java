package io.opendts.bench;

import io.opendts.testkit.ServerVersion;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to measure. The words are those of {@code ./dts bench}.
 *
 * @param rows of each of the {@link Workload#TABLES} tables
 * @param transactions of the write load that is caught up with
 * @param results folder for the page
 * @param work folder for data, several GB; emptied at the end
 */
record BenchOptions(int rounds, int rows, int transactions, Set<Measure> only, ServerVersion server, int bufferPoolMiB,
        Path results, Path work, Path root, boolean quick) {

    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    enum Measure { FULL, CATCHUP }

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
        boolean quick = words.contains("--quick");
        Path bench = root.resolve("infra/bench");
        BenchOptions options = new BenchOptions(quick ? 1 : ROUNDS, quick ? QUICK_ROWS : ROWS, quick ? QUICK_TRANSACTIONS : TRANSACTIONS,
                EnumSet.allOf(Measure.class), ServerVersion.MARIADB_10_11, quick ? QUICK_BUFFER_POOL_MIB : BUFFER_POOL_MIB,
                quick ? bench.resolve("target/results") : bench.resolve("results"), bench.resolve("target/work"), root, quick);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--quick")) {
                continue;
            }
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (equals < 0 && i + 1 == words.size()) {
                throw new UsageException("the option " + word + " is unknown or lacks its value");
            }
            options = options.with(name, equals < 0 ? words.get(++i) : word.substring(equals + 1));
        }
        return options;
    }

    private BenchOptions with(String name, String value) throws UsageException {
        return switch (name) {
            case "--rounds" -> new BenchOptions(number(name, value), rows, transactions, only, server, bufferPoolMiB, results, work, root, quick);
            case "--rows" -> new BenchOptions(rounds, number(name, value), transactions, only, server, bufferPoolMiB, results, work, root, quick);
            case "--transactions" -> new BenchOptions(rounds, rows, number(name, value), only, server, bufferPoolMiB, results, work, root, quick);
            case "--buffer-pool-mib" -> new BenchOptions(rounds, rows, transactions, only, server, number(name, value), results, work, root, quick);
            case "--only" -> new BenchOptions(rounds, rows, transactions, Set.of(measure(value)), server, bufferPoolMiB, results, work, root, quick);
            case "--server" -> new BenchOptions(rounds, rows, transactions, only, version(value), bufferPoolMiB, results, work, root, quick);
            case "--results" -> new BenchOptions(rounds, rows, transactions, only, server, bufferPoolMiB, absolute(value), work, root, quick);
            case "--work" -> new BenchOptions(rounds, rows, transactions, only, server, bufferPoolMiB, results,
                    absolute(value).resolve("opendts-bench"), root, quick);
            default -> throw new UsageException("there is no option " + name);
        };
    }

    private static Path absolute(String value) {
        return Path.of(value).toAbsolutePath().normalize();
    }

    private static int number(String name, String value) throws UsageException {
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

    private static Measure measure(String value) throws UsageException {
        return switch (value) {
            case "full" -> Measure.FULL;
            case "catchup" -> Measure.CATCHUP;
            default -> throw new UsageException("--only " + value + ": it is full or catchup");
        };
    }

    private static ServerVersion version(String value) throws UsageException {
        return Arrays.stream(ServerVersion.values()).filter(version -> version.folderName().equals(value)).findFirst()
                .orElseThrow(() -> new UsageException("--server " + value + ": it is one of "
                        + Arrays.stream(ServerVersion.values()).map(ServerVersion::folderName).collect(Collectors.joining(", "))));
    }
}
