package io.opendts.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.CheckItem;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.Event;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines are promised to programs, to the letter. */
class EventJsonTest {

    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void stateAndPrecheck() {
        assertThat(json(new Event.StateChanged("shop", "prechecking", AT)))
                .isEqualTo("{\"event\":\"state\",\"task\":\"shop\",\"state\":\"prechecking\",\"at\":\"2026-11-20T10:00:00Z\"}");
        assertThat(json(new Event.Prechecked(CheckItem.failed(
                        "source.binlog.row-image", ErrorCode.SOURCE_LOG_SETTINGS, "it is MINIMAL", "set it to FULL"))))
                .isEqualTo("{\"event\":\"precheck-item\",\"item\":\"source.binlog.row-image\",\"result\":\"failed\","
                        + "\"code\":\"DTS-2104\",\"message\":\"it is MINIMAL\",\"remedy\":\"set it to FULL\"}");
        assertThat(json(new Event.Prechecked(CheckItem.passed("source.version", ErrorCode.SOURCE_VERSION, "8.0.15"))))
                .isEqualTo("{\"event\":\"precheck-item\",\"item\":\"source.version\",\"result\":\"passed\",\"message\":\"8.0.15\"}");
    }

    @Test
    void progress() {
        assertThat(json(new Event.FullPlanned(3, Event.UNKNOWN)))
                .isEqualTo("{\"event\":\"plan\",\"stage\":\"full\",\"tables\":3}");
        assertThat(json(new Event.FullProgress("shop.orders", 120000, 500000, 10485760, 90000, false)))
                .isEqualTo("{\"event\":\"progress\",\"stage\":\"full\",\"table\":\"shop.orders\",\"rowsDone\":120000,"
                        + "\"rowsEstimated\":500000,\"bytes\":10485760,\"rowsPerSecond\":90000}");
        assertThat(json(new Event.FullProgress("t", 1, Event.UNKNOWN, Event.UNKNOWN, Event.UNKNOWN, true)))
                .isEqualTo("{\"event\":\"progress\",\"stage\":\"full\",\"table\":\"t\",\"rowsDone\":1,\"done\":true}");
        assertThat(json(new Event.IncrementalProgress(1000, 5210, 3, "binlog.000004:154")))
                .isEqualTo("{\"event\":\"progress\",\"stage\":\"incremental\",\"transactions\":1000,\"rows\":5210,"
                        + "\"lagMs\":3,\"position\":\"binlog.000004:154\"}");
        assertThat(json(new Event.CaughtUp("0-1-7", 0)))
                .isEqualTo("{\"event\":\"caught-up\",\"position\":\"0-1-7\",\"lagMs\":0}");
    }

    @Test
    void summaryHasTheStagesThatRan() {
        assertThat(json(new Event.Summary(
                        "synchronizing",
                        List.of(
                                new Event.Summary.Stage.Schema(120),
                                new Event.Summary.Stage.Full(9000, 2000000, 400000000),
                                new Event.Summary.Stage.Incremental(5000, 100000, 400000, 0, 0)))))
                .isEqualTo("{\"event\":\"summary\",\"state\":\"synchronizing\",\"stages\":{\"schema\":{\"ms\":120},"
                        + "\"full\":{\"ms\":9000,\"rows\":2000000,\"bytes\":400000000},\"incremental\":{\"ms\":5000,"
                        + "\"transactions\":100000,\"rows\":400000,\"skipped\":0,\"conflicts\":0}}}");
        assertThat(json(new Event.Summary("failed", List.of())))
                .isEqualTo("{\"event\":\"summary\",\"state\":\"failed\",\"stages\":{}}");
    }

    @Test
    void listingVerificationAndError() {
        Event.Failure failure = new Event.Failure("DTS-3017", "it broke", "mend it", true);
        assertThat(json(failure))
                .isEqualTo("{\"event\":\"error\",\"code\":\"DTS-3017\",\"message\":\"it broke\",\"remedy\":\"mend it\","
                        + "\"retryable\":true}");
        assertThat(json(new Event.TaskListed("shop", "migration", "failed", AT, 5, "", List.of(failure))))
                .isEqualTo("{\"event\":\"task\",\"task\":\"shop\",\"type\":\"migration\",\"state\":\"failed\","
                        + "\"at\":\"2026-11-20T10:00:00Z\",\"lagMs\":5,\"error\":{\"code\":\"DTS-3017\","
                        + "\"message\":\"it broke\",\"remedy\":\"mend it\",\"retryable\":true}}");
        Event.Failure second = new Event.Failure("DTS-2206", "one table stopped", "copy it anew", false);
        assertThat(json(new Event.TaskListed("shop", "migration", "synchronizing", AT, 5, "", List.of(failure, second))))
                .endsWith("\"retryable\":true},\"errors\":[{\"code\":\"DTS-3017\",\"message\":\"it broke\",\"remedy\":\"mend it\","
                        + "\"retryable\":true},{\"code\":\"DTS-2206\",\"message\":\"one table stopped\",\"remedy\":\"copy it anew\","
                        + "\"retryable\":false}]}");
        assertThat(json(new Event.Verified(2, 10, 1)))
                .isEqualTo("{\"event\":\"verified\",\"result\":\"different\",\"tables\":2,\"rows\":10,\"differences\":1}");
        assertThat(json(new Event.Difference("shop.t", "7", Event.Difference.Kind.MISSING)))
                .isEqualTo("{\"event\":\"difference\",\"table\":\"shop.t\",\"key\":\"7\",\"kind\":\"missing\"}");
        assertThat(json(new Event.Listening("http://127.0.0.1:8080")))
                .isEqualTo("{\"event\":\"listening\",\"url\":\"http://127.0.0.1:8080\"}");
    }

    @Test
    void aMistakeIsAnErrorWithAPlace() {
        assertThat(json(new Event.Mistake("shop.yaml", 7, 3, "source.prot", "DTS-1003", "unknown key prot", "Write port.")))
                .isEqualTo("{\"event\":\"error\",\"code\":\"DTS-1003\",\"message\":\"unknown key prot\",\"remedy\":\"Write port.\","
                        + "\"retryable\":false,\"file\":\"shop.yaml\",\"line\":7,\"column\":3,\"path\":\"source.prot\"}");
    }

    @Test
    void everyCharacterSurvivesInOneLine() {
        assertThat(json(new Event.Note("a\"b\\c\nd\re\tf\bg\fh\u0000i\u001fj/k\u007f")))
                .isEqualTo("{\"event\":\"note\",\"message\":\"a\\\"b\\\\c\\nd\\re\\tf\\bg\\fh\\u0000i\\u001fj/k\\u007f\"}");
        assertThat(json(new Event.Note("\u00e4\u4f60\ud83d\ude00"))).contains("\u00e4\u4f60\ud83d\ude00");
        assertThat(json(new Event.Note("\ud83d|\ude00|\ud83d"))).contains("\\ud83d|\\ude00|\\ud83d");
    }

    private static String json(Event event) {
        return EventJson.of(event).toString();
    }
}
