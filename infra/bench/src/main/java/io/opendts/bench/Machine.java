package io.opendts.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the figures were taken on.
 *
 * @param load the load average of the minute before: other work on the machine makes figures worthless
 */
record Machine(String processor, int cores, long memoryMib, String system, String java, double load) {

    private static final double QUIET_LOAD = 0.5;

    static Machine here() {
        return new Machine(field("/proc/cpuinfo", "model name"), Runtime.getRuntime().availableProcessors(),
                Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024,
                field("/etc/os-release", "PRETTY_NAME").replace("\"", "") + ", Linux " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    boolean isQuiet() {
        return load < QUIET_LOAD;
    }

    String text() {
        return String.format(Locale.ROOT, "%s, %d cores, %d MiB; %s; JDK %s; load average before: %.2f", processor, cores, memoryMib,
                system, java, load);
    }

    /** The commit of the checkout, marked when its files differ from it. */
    static String commit(Path root) throws InterruptedException {
        Program.Outcome head = git(root, "rev-parse", "--short=12", "HEAD");
        if (head.exitCode() != 0 || head.lines().isEmpty()) {
            return "unknown";
        }
        boolean changed = !git(root, "status", "--porcelain", "--untracked-files=no").lines().isEmpty();
        return head.lines().getFirst().text() + (changed ? " with changes" : "");
    }

    private static Program.Outcome git(Path root, String... words) throws InterruptedException {
        List<String> all = new java.util.ArrayList<>(List.of("git"));
        all.addAll(List.of(words));
        try {
            return new Program(all, root, Map.of()).run();
        } catch (ContestantFailed e) {
            return new Program.Outcome(-1, 0, 0, 0, List.of(), e.getMessage());
        }
    }

    private static String field(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream().filter(line -> line.startsWith(name)).findFirst()
                    .map(line -> line.replaceFirst("^[^:=]*[:=]\\s*", "")).orElse("0");
        } catch (IOException e) {
            return "0";
        }
    }
}
