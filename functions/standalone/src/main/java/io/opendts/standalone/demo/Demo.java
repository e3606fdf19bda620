package io.opendts.standalone.demo;

import io.opendts.model.event.Event;
import io.opendts.model.event.Event.Summary.Stage;
import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;
import io.opendts.testkit.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * The main job on real input: a sample database moves from one server to a newer one under live writes. What it starts and
 * writes is gone at its end, however it ends, unless it is to be kept and has come to its end.
 */
public final class Demo {

    private static final long FOLLOWING_LIMIT_SECONDS = 60;
    /** So that lag under load is seen even where the copy takes longer than the writes should. */
    private static final long FOLLOWING_SECONDS_MIN = 3;
    private static final int DOWNLOAD_MB = 34;

    private final Work work;
    private final DemoSize size;
    private final boolean keep;
    private final EventSink out;
    private final Interruption interruption;
    private final Watch watch;
    private long written;

    public Demo(Work work, DemoSize size, boolean keep, EventSink out, Interruption interruption) {
        this.work = work;
        this.size = size;
        this.keep = keep;
        this.out = out;
        this.interruption = interruption;
        this.watch = new Watch(out);
    }

    public ExitCode run() {
        say("OpenDTS demo: the database of a shop moves from one server to another while the shop goes on selling");
        DemoFolder folder = DemoFolder.create();
        boolean kept = false;
        try {
            if (!fetched()) {
                return ExitCode.INTERRUPTED;
            }
            DemoServers servers = DemoServers.start(folder.path(), keep);
            try {
                ExitCode exit = show(folder, servers);
                kept = keep && !interruption.isAsked();
                return exit;
            } catch (InterruptedException _) {
                return ExitCode.INTERRUPTED;
            } finally {
                if (kept) {
                    new KeptDemo(folder, servers).lines().forEach(this::say);
                } else {
                    servers.close();
                }
            }
        } finally {
            if (!kept) {
                folder.delete();
                say("Cleaned up: no server of the demo is running, " + folder.path() + " is deleted");
            }
        }
    }

    /** False when the user has interrupted: the download's Maven is ended then too. */
    private boolean fetched() {
        say("1. servers: two of " + DemoServers.VERSION + ", fetched by Maven the first time (" + DOWNLOAD_MB
                + " MB), on free ports of this machine");
        FutureTask<Void> fetch = new FutureTask<>(DemoServers::fetch, null);
        interruption.whenAsked(() -> fetch.cancel(true));
        fetch.run();
        if (interruption.isAsked()) {
            Thread.interrupted();
            return false;
        }
        switch (fetch.state()) {
            case SUCCESS, CANCELLED, RUNNING -> { }
            case FAILED -> {
                Throwable failure = fetch.exceptionNow();
                throw failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
            }
        }
        return true;
    }

    private ExitCode show(DemoFolder folder, DemoServers servers) throws InterruptedException {
        say("   source: " + servers.source() + "   target: " + servers.target());
        goOn();
        say("2. sample database `shop` on the source: " + loaded(servers));
        servers.createAccounts();
        folder.writeTaskFile(servers);
        goOn();
        ExitCode moved = move(folder, servers);
        if (moved != ExitCode.DONE) {
            return moved;
        }
        Event.Summary summary = watch.summary();
        out.emit(summary);
        say("6. comparing source and target, row by row:");
        ExitCode compared = work.verify(new Work.VerifyRequest(folder.taskFile(), folder.state(), Optional.empty()), watch, interruption);
        if (compared == ExitCode.DONE) {
            tellOutcome(summary);
        }
        return compared;
    }

    private String loaded(DemoServers servers) {
        try (InputStream script = Demo.class.getResourceAsStream("shop.sql"); Sql sql = servers.source().sql()) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            sql.script(text.replace("{customers}", Integer.toString(size.customers())));
            List<String> tables = sql.rows("select table_name from information_schema.tables where table_schema = 'shop'"
                    + " and table_type = 'BASE TABLE'").stream().map(List::getFirst).toList();
            long rows = tables.stream().mapToLong(table -> sql.number("select count(*) from shop." + table)).sum();
            return tables.size() + " tables and a view, " + grouped(rows) + " rows";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the demo's script", e);
        }
    }

    /** The first run of the task ends in the midst of the writes, the second resumes it and ends when nothing is left to do. */
    private ExitCode move(DemoFolder folder, DemoServers servers) throws InterruptedException {
        try (ShopLoad load = new ShopLoad(servers.source(), size)) {
            say("3. the shop is open: about " + size.transactionsPerSecond() + " transactions a second on the source from now on");
            say("4. the task, " + folder.taskFile() + ", checks both ends, copies schema and rows, then follows the source's log:");
            ExitCode first = firstRun(folder);
            goOn();
            if (first != ExitCode.INTERRUPTED) {
                return first;
            }
            say("5. stopped in the midst of the writes, the task is started again: it resumes where it was; the shop closes, and it"
                    + " catches up:");
            TimeUnit.SECONDS.sleep(1);
            load.stop();
            written = load.transactions();
        }
        return work.run(new Work.RunRequest(folder.taskFile(), folder.state(), true), watch, interruption);
    }

    private ExitCode firstRun(DemoFolder folder) throws InterruptedException {
        Interruption enough = new Interruption();
        interruption.whenAsked(enough::ask);
        Thread clock = Thread.ofVirtual().name("demo-clock").start(() -> {
            try {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(size.writeSeconds() - 1);
                watch.awaitFollowing(FOLLOWING_LIMIT_SECONDS);
                long least = TimeUnit.SECONDS.toNanos(Math.min(FOLLOWING_SECONDS_MIN, size.writeSeconds() - 1));
                TimeUnit.NANOSECONDS.sleep(Math.max(least, end - System.nanoTime()));
            } catch (InterruptedException _) {
                return;
            }
            enough.ask();
        });
        try {
            return work.run(new Work.RunRequest(folder.taskFile(), folder.state(), false), watch, enough);
        } finally {
            clock.interrupt();
            clock.join();
        }
    }

    private void goOn() throws InterruptedException {
        if (interruption.isAsked()) {
            throw new InterruptedException();
        }
    }

    private void tellOutcome(Event.Summary summary) {
        long applied = summary.stages().stream().mapToLong(s -> s instanceof Stage.Incremental i ? i.transactions() : 0).sum();
        List<Long> lags = watch.lags();
        say("  written      " + grouped(written) + " transactions while the data moved; " + grouped(applied)
                + " came from the log, the others were in the copy already");
        say("  lag          of the target behind the source: " + grouped(lags.get(lags.size() / 2)) + " ms typically, "
                + grouped(lags.getLast()) + " ms at the most");
        say("Done: source and target are equal. For databases of your own: ./dts help run, ./dts schema");
    }

    private static String grouped(long number) {
        return "%,d".formatted(number);
    }

    private void say(String sentence) {
        out.emit(new Event.Note(sentence));
    }
}
