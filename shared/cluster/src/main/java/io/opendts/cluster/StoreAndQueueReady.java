package io.opendts.cluster;

import io.opendts.queue.kafka.KafkaPublisher;
import io.opendts.state.StateStore;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready while it waits for the state store or the queue, with the reason. In a cold process the first question to the store and
 * the first contact with the queue take a second together: they are over before the first message comes, and the process is not
 * ready before.
 */
@Readiness
@Singleton
public class StoreAndQueueReady implements HealthCheck {

    @Inject
    Waiting waiting;

    @Inject
    Instance<StateStore> store;

    @Inject
    Instance<KafkaPublisher> publisher;

    private volatile boolean opened;

    void open(@Observes StartupEvent started) {
        Thread.ofPlatform().name("open").daemon(true).start(() -> opened = waiting.until(this::reached));
    }

    private boolean reached() {
        store.get().tasks().list();
        publisher.get().connect();
        return true;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> opening = opened ? Optional.empty() : Optional.of("the state store and the queue are being opened");
        return waiting.reason().or(() -> opening)
                .map(why -> HealthCheckResponse.named("state-store-and-queue").down().withData("waiting", why).build())
                .orElseGet(() -> HealthCheckResponse.up("state-store-and-queue"));
    }
}
