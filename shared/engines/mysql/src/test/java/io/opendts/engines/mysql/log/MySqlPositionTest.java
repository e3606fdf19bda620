package io.opendts.engines.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.Change;
import io.opendts.model.Position;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlPositionTest {

    private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String B = "4e11fa47-71ca-11e1-9e33-c80aa9429562";
    private final MySqlLogOrder order = new MySqlLogOrder();

    @ParameterizedTest
    @ValueSource(strings = {"bin.000001:4", "bin.000001:4;" + A + ":1-5:7", A + ":1-5", A + ":1-5:tagx:1-3:9," + B + ":1",
        A + ":tagx:1", "my:log.000002:99;0-1-55,1-2-7", "0-1-55", "bin.1000000:5000000000"})
    void printsWhatItRead(String text) {
        MySqlPosition read = MySqlPosition.parse(text);

        assertThat(read).hasToString(text);
        assertThat(MySqlPosition.parse(read.toString())).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bin.000001", "bin.000001:x", A, A + ":0", A + ":5-1", "0-1", "bin.000001:4;nonsense"})
    void refusesWhatIsNoPosition(String text) {
        assertThatThrownBy(() -> MySqlPosition.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void joinsWhatTheServerPrintsInPieces() {
        assertThat(GtidSet.parse(B.toUpperCase(java.util.Locale.ROOT) + ":3-4:1-2:9,\n" + A + ":1")).hasToString(A + ":1," + B + ":1-4:9");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "bin.000002:4|bin.000001:900|true", "bin.000001:900|bin.000001:901|false", "bin.1000000:4|bin.999999:5|true",
        A + ":1-9|" + A + ":1-5:7|true", A + ":1-4|" + A + ":1-5|false", A + ":1-9|" + B + ":1|false",
        A + ":1-9|" + A + ":tagx:1|false", "0-1-55,1-2-7|0-9-55|true", "0-1-54|0-1-55|false",
        "other.000001:4;" + A + ":1-9|bin.000007:900;" + A + ":1-9|true"})
    void hasReachedAGoalWhenNothingInFrontOfItIsMissing(String at, String goal, boolean reached) {
        assertThat(order.reached(new Position(at), new Position(goal))).isEqualTo(reached);
    }

    @Test
    void aCopyHoldsTheTransactionsOfItsSetOrThoseInFrontOfItsPlace() {
        Position copy = new Position("bin.000001:500;" + A + ":1-5");

        assertThat(order.covers(copy, new Change.Begin(A + ":5", new Position("bin.000001:300"), 0))).isTrue();
        assertThat(order.covers(copy, new Change.Begin(A + ":6", new Position("bin.000001:300"), 0))).isFalse();
        assertThat(order.covers(copy, new Change.Begin("", new Position("bin.000001:499"), 0))).isTrue();
        assertThat(order.covers(copy, new Change.Begin("", new Position("bin.000001:500"), 0))).isFalse();
    }

    /** The tracker's way of adding one transaction after the other ends at the set that the server would print. */
    @Test
    void followsTransactionsInAnyOrder() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            LogTracker tracker = new LogTracker(MySqlPosition.parse("bin.000001:4;" + A + ":1"));
            StringBuilder all = new StringBuilder(A + ":1");
            for (int i = 0; i < random.nextInt(300); i++) {
                String source = random.nextInt(20) == 0 ? B : A;
                long number = random.nextInt(4) == 0 ? 1 + random.nextInt(400) : i + 2;
                if (!GtidSet.parse(all.toString()).containsAll(GtidSet.parse(source + ":" + number))) {
                    tracker.add(source, number);
                    all.append(',').append(source).append(':').append(number);
                }
            }
            assertThat(tracker.gtids()).isEqualTo(GtidSet.parse(all.toString()));
        }
    }

    /** A set of what was read from the middle of a file would lack what lies in front of it. */
    @Test
    void startsNoSetFromAPlaceWithoutOne() {
        LogTracker tracker = new LogTracker(MySqlPosition.parse("bin.000001:400"));

        tracker.add(A, 7);
        tracker.moveTo("bin.000001", 500);

        assertThat(tracker.position().text()).isEqualTo("bin.000001:500");
    }
}
