package io.opendts.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerTest {

    @Test
    void comesBackOnTheSamePortAfterKill() {
        try (KafkaServer kafka = KafkaServer.start()) {
            String address = kafka.bootstrapServers();
            long first = kafka.pid();
            kafka.kill();
            assertThat(kafka.isRunning()).isFalse();
            kafka.restart();
            assertThat(kafka.isRunning()).isTrue();
            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            assertThat(kafka.pid()).isNotEqualTo(first);
        }
    }

    @Test
    void preparingTwiceKeepsWhatIsThere(@TempDir Path folder) {
        List<String> first = KafkaServer.prepare(folder, 39092);
        assertThat(folder.resolve("data/meta.properties")).exists();
        assertThat(KafkaServer.prepare(folder, 39092)).isEqualTo(first);
    }
}
