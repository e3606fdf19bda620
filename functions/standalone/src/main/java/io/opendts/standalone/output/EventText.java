package io.opendts.standalone.output;

import io.opendts.model.CheckItem;
import io.opendts.model.event.Event;
import io.opendts.model.event.Event.Summary.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words for people. {@code colours}: whether ANSI colours may be used. */
record EventText(boolean colours) {

    private enum Colour {
        RED("31"), GREEN("32"), YELLOW("33");

        private final String ansi;

        Colour(String ansi) {
            this.ansi = ansi;
        }
    }

    /** Without the line end; empty for progress, which is shown in a way of its own. */
    String of(Event event) {
        return switch (event) {
            case Event.StateChanged e -> e.task() + ": " + state(e.state());
            case Event.Prechecked(CheckItem item) -> checked(item);
            case Event.FullPlanned e ->
                "to copy: " + counted(e.tables(), "table")
                        + (e.rowsEstimated() == Event.UNKNOWN
                                ? ""
                                : ", about " + Numbers.grouped(e.rowsEstimated()) + " rows");
            case Event.FullProgress _, Event.IncrementalProgress _ -> "";
            case Event.CaughtUp e ->
                paint(Colour.GREEN, "caught up") + (e.lagMs() == Event.UNKNOWN ? "" : ", lag " + Numbers.millis(e.lagMs()))
                        + (e.position().isEmpty() ? "" : ", at " + e.position());
            case Event.Summary e -> summary(e);
            case Event.Difference e -> e.kind().name().toLowerCase(Locale.ROOT) + "  " + e.table() + "  " + e.key();
            case Event.Verified e -> verified(e);
            case Event.TaskListed e -> listed(e);
            case Event.LogLine e -> e.at() + "  " + padded(e.level(), 5) + "  " + e.message();
            case Event.Listening e -> "listening on " + e.url();
            case Event.Cluster e -> cluster(e);
            case Event.Note e -> e.message();
            case Event.Version e -> "OpenDTS " + e.version() + " (Java " + e.java() + ")";
            case Event.Failure e -> failure(e);
            case Event.Mistake e -> mistake(e);
        };
    }

    private String checked(CheckItem item) {
        Colour colour = switch (item.result()) {
            case PASSED -> Colour.GREEN;
            case WARNING -> Colour.YELLOW;
            case FAILED -> Colour.RED;
        };
        String start = paint(colour, padded(item.result().name().toLowerCase(Locale.ROOT), 7)) + "  " + item.item();
        if (item.result() == CheckItem.Result.PASSED) {
            return item.message().isEmpty() ? start : start + "  " + item.message();
        }
        return start + "  " + item.code().code() + ": " + item.message()
                + (item.remedy().isEmpty() ? "" : "\n         remedy: " + item.remedy());
    }

    private String summary(Event.Summary e) {
        List<String> lines = new ArrayList<>();
        lines.add("summary: " + state(e.state()));
        for (Stage stage : e.stages()) {
            lines.add(switch (stage) {
                case Stage.Schema s -> "  schema       " + Numbers.millis(s.ms());
                case Stage.Full s ->
                    "  full         " + Numbers.millis(s.ms()) + "  " + Numbers.grouped(s.rows()) + " rows  "
                            + Numbers.bytes(s.bytes());
                case Stage.Incremental s ->
                    "  incremental  " + Numbers.millis(s.ms()) + "  " + Numbers.grouped(s.transactions())
                            + " transactions  " + Numbers.grouped(s.rows()) + " rows  "
                            + Numbers.grouped(s.skipped()) + " skipped  " + Numbers.grouped(s.conflicts()) + " conflicts";
            });
        }
        return String.join("\n", lines);
    }

    private String verified(Event.Verified e) {
        String extent = counted(e.tables(), "table") + ", " + counted(e.rows(), "row");
        return e.differences() == 0
                ? paint(Colour.GREEN, "equal") + ": " + extent
                : paint(Colour.RED, "different") + ": " + counted(e.differences(), "difference") + " in " + extent;
    }

    private String listed(Event.TaskListed e) {
        String line = padded(e.task(), 24) + "  " + padded(e.type(), 15) + "  " + padded(e.state(), 15) + "  " + e.at()
                + (e.lagMs() == Event.UNKNOWN ? "" : "  lag " + Numbers.millis(e.lagMs()))
                + (e.position().isEmpty() ? "" : "  at " + e.position());
        StringBuilder text = new StringBuilder(line);
        e.errors().forEach(error -> text.append('\n').append(failure(error)));
        return text.toString();
    }

    private String cluster(Event.Cluster e) {
        StringBuilder text = new StringBuilder();
        for (Event.Cluster.Member member : e.processes()) {
            String health = switch (member.health()) {
                case READY -> paint(Colour.GREEN, padded("ready", 9));
                case NOT_READY -> paint(Colour.YELLOW, "not ready");
                case DEAD -> paint(Colour.RED, padded("dead", 9));
            };
            text.append(padded(member.id(), 12)).append("  ").append(health).append("  pid ")
                    .append(padded(member.pid() == 0 ? "-" : Long.toString(member.pid()), 7)).append("  ")
                    .append(padded(member.url(), 28)).append("  ").append(member.log()).append('\n');
        }
        return text + "control API: " + e.server() + "   Kafka: " + e.kafka() + "   state store: " + e.stateStore();
    }

    private String failure(Event.Failure e) {
        return paint(Colour.RED, "error " + e.code()) + ": " + e.message()
                + (e.remedy().isEmpty() ? "" : "\nremedy: " + e.remedy());
    }

    /** The place in the form that editors and terminals turn into a link. */
    private String mistake(Event.Mistake e) {
        String place = e.line() > 0 ? e.file() + ":" + e.line() + ":" + e.column() : e.file();
        return place + ": " + paint(Colour.RED, "error " + e.code()) + ": " + e.message()
                + (e.remedy().isEmpty() ? "" : "\nremedy: " + e.remedy());
    }

    private String state(String state) {
        return switch (state) {
            case "failed", "precheck-failed" -> paint(Colour.RED, state);
            case "completed", "synchronizing", "migrating" -> paint(Colour.GREEN, state);
            default -> state;
        };
    }

    private String paint(Colour colour, String text) {
        return colours ? "\u001b[" + colour.ansi + "m" + text + "\u001b[0m" : text;
    }

    private static String counted(long count, String noun) {
        return Numbers.grouped(count) + " " + noun + (count == 1 ? "" : "s");
    }

    private static String padded(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }
}
