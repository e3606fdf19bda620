package io.opendts.standalone.cluster;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import java.io.IOException;
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
        alive.forEach(Stopping::ask);
        List<Member> stubborn = remaining(alive, askingLimit);
        stubborn.forEach(member -> ProcessHandle.of(member.pid()).ifPresent(ProcessHandle::destroyForcibly));
        List<Member> immortal = remaining(stubborn, KILL_LIMIT);
        if (!immortal.isEmpty()) {
            throw new IllegalStateException("processes survive SIGKILL: " + immortal);
        }
        return stubborn.size();
    }

    /** The JDK knows SIGTERM alone. */
    private static void ask(Member member) {
        if (member.stopSignal().equals(Launch.TERM)) {
            ProcessHandle.of(member.pid()).ifPresent(ProcessHandle::destroy);
            return;
        }
        try {
            new ProcessBuilder("kill", "-s", member.stopSignal(), Long.toString(member.pid()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start().onExit().join();
        } catch (IOException e) {
            throw new DtsException(ErrorCode.CLUSTER_PROCESS_FAILED, "cannot run 'kill' to end " + member.id() + ": " + e.getMessage(),
                    "End the process " + member.pid() + " by hand, then run ./dts cluster down again", e);
        }
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
