package io.opendts.cluster;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.queue.Publisher;
import io.opendts.queue.Topics;
import io.opendts.state.Leases;
import io.opendts.state.Leases.Lease;
import io.opendts.state.StateStore;
import io.opendts.state.TaskRecord;
import io.opendts.task.Facts;
import io.opendts.task.OpenTasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Shares out the long-lived work of all tasks among the processes of one kind, by leases in the state store. A process that dies
 * loses its leases by time, another one takes them within {@link #TTL_MILLIS} and a look. A process that cannot renew a lease stops
 * the work before another one may begin it; and should it be too slow even for that, the lease's epoch fences what it writes.
 */
public final class Shifts implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Shifts.class.getName());

    static final long TTL_MILLIS = 6_000;
    private static final long RENEW_MILLIS = 1_500;
    private static final long LOOK_MILLIS = 500;
    private static final long GIVE_UP_MILLIS = TTL_MILLIS - 1_000;
    /** After a failure the task is failed by the control function; until that is known it is not begun again. */
    private static final long AFTER_FAILURE_MILLIS = 3_000;
    /** Of many free tasks the other processes get their share; and the leases that are held must be renewed in between. */
    private static final int BEGUN_AT_ONCE_MAX = 8;
    private static final Duration END_MAX = Duration.ofSeconds(10);
    /** The exit code of a JVM that runs out of heap. */
    private static final int FULL = 3;

    private final LongWork work;
    private final String process;
    private final String holder;
    private final StateStore store;
    private final OpenTasks tasks;
    private final Publisher publisher;
    private final Waiting waiting;
    private final WorkMetrics metrics;
    private final Map<String, Held> held = new HashMap<>();
    private final Map<String, Long> notBefore = new ConcurrentHashMap<>();
    private final List<Thread> endings = new ArrayList<>();
    private volatile boolean closing;
    private Thread watch;

    /** One part of a task's work in this process; guarded by the watching thread, but for {@code over}. */
    private static final class Held {
        private String task;
        private Lease lease;
        private long renewedMillis;
        private OpenTasks.Use use;
        private LongWork.Shift shift;
        private Thread thread;
        private volatile boolean over;
    }

    /** @param process its name, for people: in leases a new process of the same name is another holder */
    public Shifts(LongWork work, String process, StateStore store, OpenTasks tasks, Publisher publisher, Waiting waiting,
            WorkMetrics metrics) {
        this.work = work;
        this.process = process;
        this.holder = process + "-" + UUID.randomUUID();
        this.store = store;
        this.tasks = tasks;
        this.publisher = publisher;
        this.waiting = waiting;
        this.metrics = metrics;
    }

    public void start() {
        watch = Thread.ofPlatform().name("shifts").daemon(true).start(this::watch);
    }

    /** Leases that this process has at the moment. */
    public int count() {
        synchronized (held) {
            return held.size();
        }
    }

    private void watch() {
        while (!closing) {
            try {
                look();
            } catch (DtsException failure) {
                giveUpWhatRanOut();
                waiting.on(failure);
            } catch (RuntimeException bug) {
                LOG.log(System.Logger.Level.ERROR, "looking after tasks", bug);
            }
            LockSupport.parkNanos(Duration.ofMillis(LOOK_MILLIS).toNanos());
        }
    }

    private void look() {
        renew();
        Map<String, TaskRecord> wanted = new HashMap<>();
        store.tasks().list().stream().filter(t -> work.wanted(t.state())).forEach(t -> wanted.put(t.name(), t));
        for (String lease : names()) {
            Held one = held.get(lease);
            if (one.over || !wanted.containsKey(one.task)) {
                end(one);
            }
        }
        long now = System.currentTimeMillis();
        int begun = 0;
        for (String task : wanted.keySet()) {
            if (begun < BEGUN_AT_ONCE_MAX && notBefore.getOrDefault(task, 0L) <= now) {
                begun += tryToBegin(task);
            }
        }
        notBefore.values().removeIf(until -> until <= now);
    }

    private List<String> names() {
        return new ArrayList<>(held.keySet());
    }

    private void renew() {
        long now = System.currentTimeMillis();
        for (String lease : names()) {
            Held one = held.get(lease);
            if (now - one.renewedMillis >= RENEW_MILLIS) {
                Optional<Lease> renewed = store.leases().renew(one.lease, TTL_MILLIS);
                if (renewed.isEmpty()) {
                    LOG.log(System.Logger.Level.WARNING, "another process has taken over {0}", one.lease.task());
                    end(one);
                } else {
                    one.lease = renewed.get();
                    one.renewedMillis = now;
                }
            }
        }
    }

    /** The store does not answer: a lease that may have run out by now is no right to go on. */
    private void giveUpWhatRanOut() {
        for (String lease : names()) {
            Held one = held.get(lease);
            if (System.currentTimeMillis() - one.renewedMillis >= GIVE_UP_MILLIS) {
                LOG.log(System.Logger.Level.WARNING, "giving up {0}: its lease could not be renewed", one.lease.task());
                end(one);
            }
        }
    }

    /** @return how many parts were begun */
    private int tryToBegin(String task) {
        int begun = 0;
        int parts = work.parts(new Facts(store.progress(), task));
        for (int part = 0; part < parts; part++) {
            String name = work.lease(task, part);
            if (!held.containsKey(name) && isFree(name)) {
                begun += tryToBegin(task, part, name) ? 1 : 0;
            }
        }
        return begun;
    }

    private boolean isFree(String lease) {
        return store.leases().current(lease).filter(there -> there.expiresAtMillis() > System.currentTimeMillis()).isEmpty();
    }

    private boolean tryToBegin(String task, int part, String name) {
        OpenTasks.Use use;
        try {
            use = tasks.use(task);
        } catch (DtsException unreadable) {
            fail(task, unreadable);
            return false;
        }
        boolean begun = false;
        try {
            Optional<Lease> lease = store.leases().acquire(name, holder, TTL_MILLIS);
            if (lease.isPresent()) {
                begin(task, part, lease.get(), use);
                begun = true;
            }
            return begun;
        } finally {
            if (!begun) {
                use.close();
            }
        }
    }

    private void begin(String task, int part, Lease lease, OpenTasks.Use use) {
        LOG.log(System.Logger.Level.INFO, "beginning {0} under epoch {1}", lease.task(), lease.epoch());
        Held one = new Held();
        one.task = task;
        one.lease = lease;
        one.renewedMillis = System.currentTimeMillis();
        one.use = use;
        one.shift = work.begin(use.task(), lease, part);
        one.thread = Thread.ofPlatform().name(lease.task()).daemon(true).unstarted(() -> run(one));
        synchronized (held) {
            held.put(lease.task(), one);
        }
        one.thread.start();
    }

    private void run(Held one) {
        try {
            one.shift.run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (DtsException failure) {
            ended(one, failure);
        } catch (OutOfMemoryError full) {
            // The JVM ends by itself where the heap is full, not where something else is; others take over what this process does.
            LOG.log(System.Logger.Level.ERROR, one.lease.task() + ": this process ends for want of memory", full);
            Runtime.getRuntime().halt(FULL);
        } catch (Exception | Error bug) {
            LOG.log(System.Logger.Level.ERROR, one.lease.task(), bug);
            ended(one, new DtsException(ErrorCode.BUG, one.lease.task() + " hit a bug: " + bug,
                    "report this as a bug of OpenDTS with the process's log", bug));
        } finally {
            one.over = true;
        }
    }

    /** What a shift throws that was closed, or has lost its right to write, is nobody's failure. */
    private void ended(Held one, DtsException failure) {
        if (closing || one.over) {
            return;
        }
        if (failure.code() == ErrorCode.TASK_RUNS_ELSEWHERE || Worker.infrastructure(failure)) {
            LOG.log(System.Logger.Level.WARNING, "{0} gives way: {1}", one.lease.task(), failure.getMessage());
            return;
        }
        fail(one.task, failure);
    }

    private void fail(String task, DtsException failure) {
        if (Worker.infrastructure(failure) || failure.code() == ErrorCode.TASK_NOT_FOUND) {
            return;
        }
        LOG.log(System.Logger.Level.WARNING, "task {0} fails: {1} {2}", task, failure.code().code(), failure.getMessage());
        metrics.error(task, failure.code());
        notBefore.put(task, System.currentTimeMillis() + AFTER_FAILURE_MILLIS);
        try {
            publisher.publish(Topics.EVENTS, Worker.failure(task, failure, "/functions/" + process));
        } catch (DtsException away) {
            LOG.log(System.Logger.Level.WARNING, "that task {0} fails is told at its next attempt: {1}", task, away.getMessage());
        }
    }

    /** Nobody waits for its thread, which may hang in a server: the leases of the other tasks must be renewed meanwhile. */
    private void end(Held one) {
        one.over = true;
        synchronized (held) {
            held.remove(one.lease.task());
        }
        one.shift.close();
        if (held.values().stream().noneMatch(other -> other.task.equals(one.task))) {
            // The sessions that it may be waiting in; other parts of the task in this process would wait in them too.
            one.use.abandon();
        }
        one.thread.interrupt();
        Thread ending = Thread.ofVirtual().name(one.lease.task() + "/end").start(() -> giveBack(one));
        endings.removeIf(before -> !before.isAlive());
        endings.add(ending);
    }

    private void giveBack(Held one) {
        try {
            one.thread.join(END_MAX);
            one.use.close();
            store.leases().release(one.lease);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (DtsException away) {
            LOG.log(System.Logger.Level.WARNING, "the lease {0} runs out by itself: {1}", one.lease.task(), away.getMessage());
        }
    }

    /** Ends all work and gives the leases back, so that others go on at once. */
    @Override
    public void close() {
        closing = true;
        try {
            if (watch != null) {
                watch.join(END_MAX);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        names().forEach(lease -> end(held.get(lease)));
        long end = System.nanoTime() + END_MAX.toNanos();
        try {
            for (Thread ending : endings) {
                ending.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
