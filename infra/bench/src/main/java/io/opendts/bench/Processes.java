package io.opendts.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux tells about processes, proc(5). A clock tick is 10 ms on every Linux that the servers run on. */
final class Processes {

    private static final double TICKS_PER_SECOND = 100;
    /** Fields of /proc/PID/stat behind the program's name, from 0: state is the first. */
    private static final int UTIME = 11;
    private static final int CUTIME = 13;

    private Processes() {
    }

    /** User and system CPU seconds of one process, all its threads. */
    static double cpuSeconds(long pid) {
        return ticks(Path.of("/proc", Long.toString(pid), "stat"), UTIME);
    }

    /** CPU seconds of all children of this JVM that have ended, with their children: exact, where sampling would miss the end. */
    static double endedChildrenCpuSeconds() {
        return ticks(Path.of("/proc/self/stat"), CUTIME);
    }

    /** Core seconds that the machine has spent on anything since it came up, by /proc/stat: user, nice, system, not idle or iowait. */
    static double machineCpuSeconds() {
        try {
            String[] fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +");
            return (Long.parseLong(fields[1]) + Long.parseLong(fields[2]) + Long.parseLong(fields[3])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }

    private static double ticks(Path stat, int field) {
        try {
            String line = Files.readString(stat);
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[field]) + Long.parseLong(fields[field + 1])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Peak resident memory so far, 0 when the process is gone. */
    static long peakRssKib(long pid) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
            return lines.stream().filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
