package io.opendts.standalone.run;

import io.opendts.functions.verify.KeyText;
import io.opendts.functions.verify.RowDifference;
import io.opendts.functions.verify.VerifyFunction;
import io.opendts.functions.verify.VerifyFunction.Compared;
import io.opendts.functions.verify.VerifyFunction.Patience;
import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import io.opendts.spec.TaskSpec;
import io.opendts.spi.Engine;
import io.opendts.spi.Mender;
import io.opendts.spi.Selector;
import io.opendts.spi.Session;
import io.opendts.spi.Source;
import io.opendts.spi.Target;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.state.EmbeddedStateStore;
import io.opendts.state.StateStore;
import io.opendts.task.Engines;
import io.opendts.task.TaskContexts;
import io.opendts.task.WithoutShadows;
import java.nio.file.Path;
import java.util.Optional;

/** One comparison of a task's two ends. */
final class VerifyRun {

    private static final int TOLD_MAX = 100;

    private final TaskSpec spec;
    private final Path state;
    private final EventSink out;
    private final Optional<Path> repair;
    private long told;

    /** @param state where the task may have run: what is known there of tables that do not travel is asked for */
    VerifyRun(TaskSpec spec, Path state, Optional<Path> repair, EventSink out) {
        this.spec = spec;
        this.state = state;
        this.repair = repair;
        this.out = out;
    }

    ExitCode run(Interruption interruption) {
        Engine left = Engines.named(spec.source().engine());
        Engine right = Engines.named(spec.target().engine());
        Session session = Session.of(spec.name());
        try (Source source = left.source(spec.source(), session).orElseThrow();
                Source target = right.source(spec.target(), session).orElseThrow();
                Target mended = right.target(spec.target(), session).orElseThrow();
                RepairScript script = RepairScript.open(repair, (Mender) mended)) {
            interruption.whenAsked(source::close);
            Compared compared = new VerifyFunction(source, target, Patience.UNDER_LOAD)
                    .compare(selector(source), difference -> found(difference, script));
            if (told > TOLD_MAX) {
                out.emit(new Event.Note((told - TOLD_MAX) + " more differences are not listed"));
            }
            out.emit(new Event.Verified(compared.tables(), compared.rows(), compared.differences()));
            return compared.differences() == 0 ? ExitCode.DONE : ExitCode.DIFFERENCES;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    private Selector selector(Source source) {
        Selector all = TaskContexts.selector(spec, source);
        Optional<StateStore> known = EmbeddedStateStore.openToRead(state);
        if (known.isEmpty()) {
            return all;
        }
        try (StateStore store = known.get()) {
            return WithoutShadows.of(all, store, spec.name());
        }
    }

    private void found(RowDifference difference, RepairScript script) {
        script.add(difference);
        if (++told > TOLD_MAX) {
            return;
        }
        if (difference.kind() == RowDifference.Kind.TABLE_MISSING) {
            out.emit(new Event.Note("table " + difference.table() + " is missing on the target, or lacks a column"));
            return;
        }
        out.emit(new Event.Difference(difference.table().toString(), KeyText.of(difference.key()), switch (difference.kind()) {
            case MISSING, TABLE_MISSING -> Event.Difference.Kind.MISSING;
            case SURPLUS -> Event.Difference.Kind.EXTRA;
            case DIFFERENT -> Event.Difference.Kind.CHANGED;
        }));
    }
}
