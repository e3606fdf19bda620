package io.opendts.cluster;

import io.smallrye.reactive.messaging.ClientCustomizer;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.eclipse.microprofile.config.Config;

/** What a properties file cannot say of the consumers of requests, because an empty value there is none. */
@Singleton
public class ConsumerSettings implements ClientCustomizer<Map<String, Object>> {

    /** No beans of figures for JMX: a cold process has a second to its first message. */
    @Override
    public Map<String, Object> customize(String channel, Config channelConfig, Map<String, Object> settings) {
        settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }
}
