package io.opendts.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.math.BigDecimal;
import org.apache.kafka.common.protocol.ApiKeys;

/** The main class of every function that is a process of its own. */
@QuarkusMain
public final class FunctionProcess {

    private FunctionProcess() {}

    public static void main(String... words) {
        Thread.ofPlatform().name("prepare").daemon(true).start(FunctionProcess::prepare);
        Quarkus.run(words);
    }

    /**
     * What takes long the first time and needs nothing of the application, in the order in which the start comes to it: Jackson's
     * formats; the powers of ten that Micrometer divides by; the tables of Kafka's protocol. The first message would wait for it, some
     * hundredths of a second of a cold processor.
     */
    private static void prepare() {
        new ObjectMapper();
        BigDecimal.valueOf(1, 1);
        ApiKeys.values();
    }
}
