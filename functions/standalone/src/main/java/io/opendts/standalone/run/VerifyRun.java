package io.opendts.standalone.run;

import io.opendts.functions.verify.RowDifference;
import io.opendts.functions.verify.VerifyFunction;
import io.opendts.functions.verify.VerifyFunction.Compared;
import io.opendts.functions.verify.VerifyFunction.Patience;
import io.opendts.model.Route;
import io.opendts.model.Row;
import io.opendts.model.RowReader;
import io.opendts.model.TableId;
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
import io.opendts.task.Engines;
import io.opendts.task.TaskContexts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One comparison of a task's two ends. */
final class VerifyRun {

    /** Under load a difference may be a change on its way: such chunks are looked at again for about this long. */
    private static final Patience PATIENCE = new Patience(10, 500);

    private static final int TOLD_MAX = 100;
    private static final int KEY_VALUE_CHARS_MAX = 64;

    private final TaskSpec spec;
    private final EventSink out;
    private final Optional<Path> repair;
    private long told;

    VerifyRun(TaskSpec spec, Optional<Path> repair, EventSink out) {
        this.spec = spec;
        this.repair = repair;
        this.out = out;
    }

    ExitCode run(Interruption interruption) {
        Engine left = Engines.named(spec.source().engine());
        Engine right = Engines.named(spec.target().engine());
        Session session = Session.of(spec.name());
        Selector selector = TaskContexts.selector(spec);
        try (Source source = left.source(spec.source(), session).orElseThrow();
                Source target = right.source(spec.target(), session).orElseThrow();
                Target mended = right.target(spec.target(), session).orElseThrow();
                RepairScript script = RepairScript.open(repair, (Mender) mended)) {
            interruption.whenAsked(source::close);
            Compared compared = new VerifyFunction(source, target, PATIENCE)
                    .compare(selector, onTarget(source, selector), difference -> found(difference, script));
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

    /** What the target calls the selected tables. */
    private static Selector onTarget(Source source, Selector selector) {
        Set<TableId> tables = new HashSet<>();
        source.describe(selector).tables().forEach(t -> selector.table(t.id()).ifPresent(r -> tables.add(r.target())));
        return new Selector() {
            @Override
            public Optional<String> database(String name) {
                return tables.stream().anyMatch(t -> t.database().equals(name)) ? Optional.of(name) : Optional.empty();
            }

            @Override
            public Optional<Route> table(TableId table) {
                return tables.contains(table) ? Optional.of(Route.same(table)) : Optional.empty();
            }

            @Override
            public boolean objects(String database) {
                return false;
            }
        };
    }

    private void found(RowDifference difference, RepairScript script) {
        script.add(difference);
        if (++told > TOLD_MAX) {
            return;
        }
        out.emit(switch (difference.kind()) {
            case TABLE_MISSING -> new Event.Note("table " + difference.table() + " is missing on the target, or lacks a column");
            case MISSING -> new Event.Difference(difference.table().toString(), key(difference.key()), Event.Difference.Kind.MISSING);
            case SURPLUS -> new Event.Difference(difference.table().toString(), key(difference.key()), Event.Difference.Kind.EXTRA);
            case DIFFERENT -> new Event.Difference(difference.table().toString(), key(difference.key()), Event.Difference.Kind.CHANGED);
        });
    }

    /** As SQL literals; bytes that are no printable text as hex, long values cut. */
    private static String key(Row key) {
        List<String> values = new ArrayList<>();
        RowReader reader = new RowReader();
        reader.reset(key);
        while (reader.hasNext()) {
            values.add(reader.next() ? literal(reader) : "NULL");
        }
        return "(" + String.join(", ", values) + ")";
    }

    private static String literal(RowReader value) {
        String text = new String(value.buffer(), value.offset(), value.length(), StandardCharsets.UTF_8);
        boolean printable = text.chars().noneMatch(c -> c < ' ' || c == 0xFFFD);
        String shown = printable
                ? "'" + text.replace("'", "''") + "'"
                : "x'" + HexFormat.of().formatHex(value.buffer(), value.offset(), value.offset() + value.length()) + "'";
        return shown.length() > KEY_VALUE_CHARS_MAX ? shown.substring(0, KEY_VALUE_CHARS_MAX) + "...'" : shown;
    }
}
