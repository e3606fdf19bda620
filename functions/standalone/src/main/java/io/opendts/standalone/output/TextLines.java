package io.opendts.standalone.output;

import io.opendts.model.event.Event;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/**
 * Lines for people. Events are printed when they happen; progress is shown by a clock of its own: on a terminal as one
 * last line that is drawn again and again, elsewhere as one more line every few seconds.
 */
final class TextLines implements Renderer {

    /** How often progress is shown, and whether on top of what was shown before. */
    enum Style {
        PLAIN(5_000), LIVE(200);

        private final long everyMillis;

        Style(long everyMillis) {
            this.everyMillis = everyMillis;
        }
    }

    private static final String LINE_START_WITHOUT_WRAP = "\r\u001b[2K\u001b[?7l";
    private static final String WRAP_AGAIN = "\u001b[?7h";
    private static final String ERASE_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final PrintStream errors;
    private final Style style;
    private final EventText words;
    private final LongSupplier nanoClock;
    private final Progress progress = new Progress();
    private Thread ticker;
    private boolean drawn;
    private boolean closed;

    TextLines(PrintStream out, PrintStream errors, Style style, boolean colours, LongSupplier nanoClock) {
        this.out = out;
        this.errors = errors;
        this.style = style;
        this.words = new EventText(colours);
        this.nanoClock = nanoClock;
    }

    @Override
    public synchronized void emit(Event event) {
        switch (event) {
            case Event.FullProgress e -> {
                progress.full(e, nanoClock.getAsLong());
                tickFromNowOn();
            }
            case Event.IncrementalProgress e -> {
                progress.incremental(e, nanoClock.getAsLong());
                tickFromNowOn();
            }
            case Event.FullPlanned e -> {
                progress.planned(e);
                print(out, e);
            }
            case Event.StateChanged e -> {
                progress.stageEnded();
                print(out, e);
            }
            case Event.Summary e -> {
                progress.stageEnded();
                print(out, e);
            }
            case Event.Failure e -> print(errors, e);
            case Event.Mistake e -> print(errors, e);
            case Event.Prechecked _, Event.CaughtUp _, Event.Difference _, Event.Verified _, Event.TaskListed _,
                    Event.LogLine _, Event.Listening _, Event.Cluster _, Event.Note _, Event.Version _ -> print(out, event);
        }
    }

    private void print(PrintStream to, Event event) {
        erase();
        to.println(words.of(event));
        to.flush();
    }

    private void erase() {
        if (drawn) {
            out.print(ERASE_LINE);
            out.flush();
            drawn = false;
        }
    }

    /** Shows progress as it is now. Called by the clock. */
    synchronized void tick() {
        String line = progress.line(nanoClock.getAsLong());
        if (closed || line.isEmpty()) {
            return;
        }
        switch (style) {
            case PLAIN -> out.println(line);
            case LIVE -> {
                out.print(LINE_START_WITHOUT_WRAP + line + WRAP_AGAIN);
                drawn = true;
            }
        }
        out.flush();
    }

    /** A clock of its own, so that work that stands still is seen to stand still. */
    private void tickFromNowOn() {
        if (ticker == null && !closed) {
            ticker = Thread.ofPlatform().daemon().name("progress").start(() -> {
                try {
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.sleep(style.everyMillis);
                        tick();
                    }
                } catch (InterruptedException closing) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    @Override
    public synchronized void close() {
        erase();
        closed = true;
        if (ticker != null) {
            ticker.interrupt();
        }
        out.flush();
        errors.flush();
    }
}
