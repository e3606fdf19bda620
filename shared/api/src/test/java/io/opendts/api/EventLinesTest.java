package io.opendts.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.CheckItem;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventLinesTest {

    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    static Stream<Event> events() {
        Event.Failure failure = new Event.Failure("DTS-3017", "it \"broke\"\n", "mend it", true);
        return Stream.of(
                new Event.StateChanged("shop", "prechecking", AT),
                new Event.Prechecked(CheckItem.failed("source.log", ErrorCode.SOURCE_LOG_SETTINGS, "it is MINIMAL", "set it to FULL")),
                new Event.FullPlanned(3, Event.UNKNOWN),
                new Event.FullProgress("shop.orders", 120_000, 500_000, 10_485_760, 90_000, false),
                new Event.FullProgress("t", 1, Event.UNKNOWN, Event.UNKNOWN, Event.UNKNOWN, true),
                new Event.IncrementalProgress(1000, 5210, 3, "binlog.000004:154"),
                new Event.CaughtUp("0-1-7", 0),
                new Event.Summary("synchronizing", List.of(new Event.Summary.Stage.Schema(120),
                        new Event.Summary.Stage.Full(9000, 2_000_000, 4_000_000_000L),
                        new Event.Summary.Stage.Incremental(5000, 100_000, 400_000, 0, 2))),
                new Event.Summary("failed", List.of()),
                failure,
                new Event.TaskListed("shop", "migration", "failed", AT, 5, "", List.of(failure)),
                new Event.TaskListed("shop", "migration", "draft", AT, Event.UNKNOWN, "", List.of()),
                new Event.Verified(2, 10, 1),
                new Event.Difference("shop.t", "('7')", Event.Difference.Kind.EXTRA),
                new Event.LogLine(AT, "INFO", "state full"),
                new Event.Listening("http://127.0.0.1:8080"),
                new Event.Version("0.1", "25"),
                new Event.Note("\u00e4\u4f60\ud83d\ude00 / \\ \t \u0001"),
                new Event.Mistake("shop.yaml", 7, 3, "source.prot", "DTS-1003", "unknown key prot", "Write port."),
                new Event.Mistake("shop.yaml", 0, 0, "", "DTS-1001", "does not exist", "Check the path."));
    }

    @ParameterizedTest
    @MethodSource("events")
    void what_was_written_is_read_again(Event event) {
        assertThat(EventLines.read(EventJson.of(event).toString())).isEqualTo(event);
    }

    @Test
    void the_code_of_a_passed_item_is_not_on_the_line() {
        String line = EventJson.of(new Event.Prechecked(CheckItem.passed("source.version", ErrorCode.SOURCE_VERSION, "8.0"))).toString();
        assertThat(EventLines.read(line)).isEqualTo(new Event.Prechecked(CheckItem.passed("source.version", null, "8.0")));
    }

    @Test
    void lines_of_a_newer_version_are_told_as_they_are() {
        for (String line : List.of("{\"event\":\"tomorrow\",\"x\":1}", "{\"event\":\"state\",\"at\":\"noon\"}", "no JSON at all", "{}",
                "{\"event\":\"precheck-item\",\"item\":\"a\",\"result\":\"failed\",\"code\":\"DTS-9999\"}")) {
            assertThat(EventLines.read(line)).isEqualTo(new Event.Note(line));
        }
        assertThat(EventLines.read("{\"event\":\"note\",\"message\":\"m\",\"new\":[1,{\"a\":null}]}")).isEqualTo(new Event.Note("m"));
    }

    @Test
    void json_is_one_object_and_nothing_else() {
        assertThat(JsonReader.object("{\"a\":{\"b\":[1,2.5,true,null,\"x\"]}} ")).hasValueSatisfying(
                object -> assertThat(object).containsOnlyKeys("a"));
        for (String text : List.of("", "[]", "{", "{} {}", "{\"a\":1", "{'a':1}", "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}")) {
            assertThat(JsonReader.object(text)).as(text).isEmpty();
        }
        assertThat(JsonReader.number(Map.of("a", 3_000_000_000L), "a", 0)).isEqualTo(3_000_000_000L);
    }
}
