package io.opendts.standalone.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends processes: asks, waits, kills. Returns when they are gone. */
record Stopping(Duration askingLimit) {

    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final long POLL_MS = 20;

    /** Those that are gone, or whose pid is another process's now, are left alone. Returns how many had to be killed. */
    int stop(List<Member> members) {
        List<Member> alive = members.stream().filter(Member::isAlive).toList();
        alive.forEach(member -> ProcessHandle.of(member.pid()).ifPresent(ProcessHandle::destroy));
        List<Member> stubborn = remaining(alive, askingLimit);
        stubborn.forEach(member -> ProcessHandle.of(member.pid()).ifPresent(ProcessHandle::destroyForcibly));
        List<Member> immortal = remaining(stubborn, KILL_LIMIT);
        if (!immortal.isEmpty()) {
            throw new IllegalStateException("processes survive SIGKILL: " + immortal);
        }
        return stubborn.size();
    }

    private static List<Member> remaining(List<Member> members, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        List<Member> left = members;
        while (!left.isEmpty() && System.nanoTime() < end) {
            pause();
            left = left.stream().filter(Member::isAlive).toList();
        }
        return left;
    }

    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for processes", e);
        }
    }
}
